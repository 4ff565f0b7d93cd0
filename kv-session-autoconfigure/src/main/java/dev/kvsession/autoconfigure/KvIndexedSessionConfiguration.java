package dev.kvsession.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.autoconfigure.properties.KvSessionProperties;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.security.KvOidcSessionRegistry;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.index.UserSessions;
import dev.kvsession.session.settings.SessionDetails;

/** Sessions in KV with an index of users. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = KvPropertyNames.REPOSITORY_TYPE, havingValue = "indexed")
class KvIndexedSessionConfiguration {

	// Not lazy, so that a property out of range fails the start, not the first request.
	@Bean
	@Lazy(false)
	KvIndexedSessionRepository sessionRepository(KvEngine kv, KvScheduler scheduler, SessionCodec codec,
			ObjectProvider<SessionRepositoryCustomizer<KvSessionRepository>> customizers,
			ObjectProvider<SessionRepositoryCustomizer<KvIndexedSessionRepository>> indexCustomizers) {
		KvIndexedSessionRepository repository = new KvIndexedSessionRepository(kv, scheduler, codec);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(repository));
		indexCustomizers.orderedStream().forEach((customizer) -> customizer.customize(repository));
		return repository;
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SessionRepositoryCustomizer<KvIndexedSessionRepository> kvIndexCustomizer(KvSessionProperties properties,
			ObjectProvider<IndexResolver<Session>> indexResolver, ObjectProvider<SessionDetails> details) {
		return (repository) -> {
			indexResolver.ifAvailable(repository::setIndexResolver);
			details.ifAvailable(repository::setSessionDetails);
			try {
				repository.setUserIndexPrefix(properties.getUserIndexPrefix());
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidConfigurationPropertyValueException(
						KvPropertyNames.SESSION_PREFIX + ".user-index-prefix", properties.getUserIndexPrefix(),
						ex.getMessage());
			}
		};
	}

	@Bean
	@ConditionalOnMissingBean
	UserSessions kvUserSessions(KvIndexedSessionRepository repository) {
		return repository.getUserSessions();
	}

	/** What Spring Security takes by type. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRegistry.class)
	static class SecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRegistry.class)
		SpringSessionBackedSessionRegistry<KvSession> kvSessionRegistry(KvIndexedSessionRepository repository) {
			return new SpringSessionBackedSessionRegistry<>(repository);
		}

	}

	/** What Spring Security's back-channel logout takes by type. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OidcSessionRegistry.class)
	static class OidcConfiguration {

		// Lazy: only those who ask for it pay for the entries of OpenID Connect logins.
		@Bean
		@Lazy
		@ConditionalOnMissingBean(OidcSessionRegistry.class)
		KvOidcSessionRegistry kvOidcSessionRegistry(KvIndexedSessionRepository repository) {
			return new KvOidcSessionRegistry(repository);
		}

	}

}
