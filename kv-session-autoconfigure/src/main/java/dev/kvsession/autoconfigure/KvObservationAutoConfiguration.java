package dev.kvsession.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.kvsession.actuate.ObservedKvCalls;
import dev.kvsession.client.engine.KvEngine;

/** Auto-configuration of an observation of each call, if Micrometer has a registry. */
@AutoConfiguration(after = KvClientAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, KvEngine.class })
public final class KvObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ObservedKvCalls observedKvCalls(ObservationRegistry observations) {
		return new ObservedKvCalls(observations);
	}

}
