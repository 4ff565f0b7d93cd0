package dev.kvsession.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.kvsession.actuate.KvCallMetrics;
import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

class KvCostPropertiesTests {

	private final WebApplicationContextRunner contexts = SessionContexts.configured()
		.withConfiguration(AutoConfigurations.of(KvMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				ObservationAutoConfiguration.class));

	@Test
	void appliesPrices() {
		this.contexts
			.withPropertyValues("cloudflare.kv.cost.reads-per-million=1000000",
					"cloudflare.kv.cost.writes-per-million=2000000", "cloudflare.kv.cost.deletes-per-million=3000000",
					"cloudflare.kv.cost.lists-per-million=4000000")
			.run((context) -> {
				KvCallMetrics calls = context.getBean(KvCallMetrics.class);
				List.of("bulk get", "put", "delete", "list")
					.forEach((operation) -> calls.started(operation, 1).ended(null));
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("kv.cost").tag("kind", "reads").counter().count()).isEqualTo(1);
				assertThat(meters.get("kv.cost").tag("kind", "writes").counter().count()).isEqualTo(2);
				assertThat(meters.get("kv.cost").tag("kind", "deletes").counter().count()).isEqualTo(3);
				assertThat(meters.get("kv.cost").tag("kind", "lists").counter().count()).isEqualTo(4);
			});
	}

	@Test
	@DisplayName("P13 the call that verifies the start is a page listed, and costs as such")
	void countsThePageThatVerifiesTheStart() {
		try (KvEmulator kv = KvEmulator.start()) {
			this.contexts.withPropertyValues(kv.propertyPairs())
				.withPropertyValues("cloudflare.kv.verify-on-startup=true",
						"cloudflare.kv.cost.lists-per-million=4000000")
				.run((context) -> assertThat(
						context.getBean(MeterRegistry.class).get("kv.cost").tag("kind", "lists").counter().count())
					.isEqualTo(4));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reads", "writes", "deletes", "lists" })
	void namesAPriceThatCannotBe(String kind) {
		String name = "cloudflare.kv.cost." + kind + "-per-million";
		this.contexts.withPropertyValues(name + "=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo(name)));
	}

}
