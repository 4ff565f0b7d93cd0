package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.InMemoryOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;

import dev.kvsession.security.KvOidcSessionRegistry;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.session.index.UserSessions;

import static org.assertj.core.api.Assertions.assertThat;

class IndexedRepositoryConfigurationTests {

	private static final String REGISTRY = "kvOidcSessionRegistry";

	private static final String INDEXED = "cloudflare.kv.session.repository-type=indexed";

	@Test
	void withoutThePropertyThereIsNoIndex() {
		SessionContexts.configured()
			.run((context) -> assertThat(context).hasSingleBean(KvSessionRepository.class)
				.doesNotHaveBean(FindByIndexNameSessionRepository.class)
				.doesNotHaveBean(UserSessions.class)
				.doesNotHaveBean(OidcSessionRegistry.class)
				.doesNotHaveBean(SessionRegistry.class));
	}

	@Test
	void theIndexBringsUserSessionsAndASessionRegistry() {
		SessionContexts.configured()
			.withPropertyValues(INDEXED)
			.run((context) -> assertThat(context).hasSingleBean(KvIndexedSessionRepository.class)
				.hasSingleBean(KvSessionRepository.class)
				.hasSingleBean(FindByIndexNameSessionRepository.class)
				.hasSingleBean(UserSessions.class)
				.hasSingleBean(SpringSessionBackedSessionRegistry.class)
				.hasBean("sessionRepository"));
	}

	@Test
	void theRegistryForBackChannelLogoutIsMadeForThoseWhoAskForIt() {
		SessionContexts.configured().withPropertyValues(INDEXED).run((context) -> {
			assertThat(context).hasSingleBean(OidcSessionRegistry.class);
			assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton(REGISTRY)).isFalse();
			assertThat(context.getBean(OidcSessionRegistry.class)).isInstanceOf(KvOidcSessionRegistry.class);
			assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton(REGISTRY)).isTrue();
		});
	}

	@Test
	void aRegistryOfTheUserIsTaken() {
		OidcSessionRegistry own = new InMemoryOidcSessionRegistry();
		SessionContexts.configured()
			.withPropertyValues(INDEXED)
			.withBean(OidcSessionRegistry.class, () -> own)
			.run((context) -> assertThat(context).getBean(OidcSessionRegistry.class).isSameAs(own));
	}

	@Test
	void beansOfTheUserAreTaken() {
		SessionContexts.configured()
			.withPropertyValues(INDEXED, "cloudflare.kv.session.user-index-prefix=app:users:")
			.withUserConfiguration(Own.class)
			.run((context) -> {
				KvIndexedSessionRepository repository = context.getBean(KvIndexedSessionRepository.class);
				KvSession session = repository.createSession();
				repository.save(session);
				assertThat(repository.findByIndexNameAndIndexValue("tenant", "t1")).containsOnlyKeys(session.getId());
				assertThat(repository.getUserSessions().list("t1")).isEmpty();
				String entry = "app:users.tenant:t1:" + UserSession.handleOf(session.getId());
				assertThat(context.getBean(InMemoryKvClient.class).get(entry))
					.isCompletedWithValueMatching(Optional::isPresent);
				assertThat(session.getMaxInactiveInterval()).hasMinutes(77);
			});
	}

	@Test
	void aBadPrefixStopsTheStart() {
		SessionContexts.configured()
			.withPropertyValues(INDEXED, "cloudflare.kv.session.user-index-prefix=a b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("visible ASCII characters"));
	}

	@Test
	void anUnknownTypeStopsTheStart() {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.session.repository-type=index")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("cloudflare.kv.session.repository-type"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		InMemoryKvClient kvClient() {
			return new InMemoryKvClient();
		}

		@Bean
		IndexResolver<Session> indexResolver() {
			return (session) -> Map.of("tenant", "t1");
		}

		@Bean
		SessionRepositoryCustomizer<KvIndexedSessionRepository> interval() {
			return (repository) -> repository.setDefaultMaxInactiveInterval(Duration.ofMinutes(77));
		}

	}

}
