package dev.kvsession.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.kvsession.actuate.KvHealthIndicator;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSessionRepository;

/**
 * Auto-configuration of the health contributor {@code kv}; switched off by
 * {@code management.health.kv.enabled=false}.
 */
@AutoConfiguration(after = { KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class })
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(KvEngine.class)
@ConditionalOnEnabledHealthIndicator("kv")
public final class KvHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "kvHealthIndicator")
	KvHealthIndicator kvHealthIndicator(KvEngine engine, ObjectProvider<KvSessionRepository> sessions) {
		return new KvHealthIndicator(engine, sessions.getIfAvailable());
	}

}
