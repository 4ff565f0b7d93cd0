package dev.kvsession.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

import dev.kvsession.actuate.KvCallMetrics;
import dev.kvsession.actuate.KvEngineMetrics;
import dev.kvsession.actuate.KvPriceList;
import dev.kvsession.actuate.KvSessionMetrics;
import dev.kvsession.autoconfigure.properties.KvCostProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSessionRepository;

/** Auto-configuration of the meters, if Micrometer has a registry. */
@AutoConfiguration(after = { KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, KvEngine.class })
@EnableConfigurationProperties(KvCostProperties.class)
public final class KvMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	KvEngineMetrics kvEngineMetrics(KvEngine engine) {
		return new KvEngineMetrics(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	KvCallMetrics kvCallMetrics(MeterRegistry registry, KvCostProperties costs) {
		return new KvCallMetrics(registry,
				new KvPriceList(price("reads-per-million", costs.getReadsPerMillion()),
						price("writes-per-million", costs.getWritesPerMillion()),
						price("deletes-per-million", costs.getDeletesPerMillion()),
						price("lists-per-million", costs.getListsPerMillion())));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(KvSessionRepository.class)
	KvSessionMetrics kvSessionMetrics(KvSessionRepository sessions) {
		return new KvSessionMetrics(sessions);
	}

	private static double price(String name, double dollars) {
		if (!Double.isFinite(dollars) || dollars < 0) {
			throw new InvalidConfigurationPropertyValueException(KvPropertyNames.PREFIX + ".cost." + name, dollars,
					"It must be dollars per million operations, zero or more.");
		}
		return dollars;
	}

}
