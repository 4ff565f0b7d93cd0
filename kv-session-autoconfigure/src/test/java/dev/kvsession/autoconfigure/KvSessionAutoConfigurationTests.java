package dev.kvsession.autoconfigure;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.autoconfigure.bean.CodecWarmUp;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.server.Logins;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.SessionClaims;
import dev.kvsession.session.web.KvSessionFilter;

import static org.assertj.core.api.Assertions.assertThat;

class KvSessionAutoConfigurationTests {

	private static final String OWN_ID = "an-id-of-the-application";

	@Test
	void keepsSessionsInKvWhereItIsConfigured() {
		SessionContexts.configured()
			.run((context) -> assertThat(context).hasSingleBean(KvSessionRepository.class)
				.hasSingleBean(SessionRepositoryFilter.class)
				.hasSingleBean(KvSessionFilter.class)
				.hasBean("sessionRepository"));
	}

	@Test
	void backsOffIfNothingIsConfigured() {
		SessionContexts.unconfigured()
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SessionRepository.class)
				.doesNotHaveBean(KvSessionFilter.class));
	}

	@Test
	void backsOffIfSwitchedOff() {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.session.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SessionRepository.class)
				.hasSingleBean(KvClient.class));
	}

	@ParameterizedTest
	@CsvSource({ "off,0", "no,0", "FALSE,0", "on,1", "yes,1", "TRUE,1" })
	void enabledIsReadAsBootReadsBooleans(String value, int repositories) {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.session.enabled=" + value)
			.run((context) -> assertThat(context.getBeansOfType(KvSessionRepository.class)).hasSize(repositories));
	}

	@Test
	@DisplayName("P3 a blank cloudflare.kv.session.enabled does not leave sessions in memory without a word")
	void aBlankSwitchStopsTheStart() {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.session.enabled=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalArgumentException.class));
	}

	@Test
	void backsOffIfThereIsAnotherRepository() {
		SessionContexts.configured()
			.withBean(MapSessionRepository.class, () -> new MapSessionRepository(Map.of()))
			.run((context) -> assertThat(context).hasSingleBean(SessionRepository.class)
				.doesNotHaveBean(KvSessionRepository.class));
	}

	@Test
	void backsOffWithoutSpringSession() {
		SessionContexts.configured()
			.withClassLoader(new FilteredClassLoader(Session.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KvSessionFilter.class)
				.hasSingleBean(KvClient.class));
	}

	@Test
	void backsOffOutsideAServletApplication() {
		AutoConfigurations classes = AutoConfigurations.of(KvClientAutoConfiguration.class,
				KvSessionAutoConfiguration.class);
		String[] properties = { "cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
				"cloudflare.kv.api-token=" + SessionContexts.TOKEN };
		new ApplicationContextRunner().withConfiguration(classes)
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).doesNotHaveBean(SessionRepository.class));
		new ReactiveWebApplicationContextRunner().withConfiguration(classes)
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).doesNotHaveBean(SessionRepository.class));
	}

	@Test
	void comesBeforeJdbcWhereKvIsConfigured() {
		withDatabase(SessionContexts.configured())
			.run((context) -> assertThat(context).hasSingleBean(SessionRepository.class)
				.hasSingleBean(KvSessionRepository.class));
	}

	// The alphabet would do it, too, but only for stores below org.springframework.
	@Test
	void namesTheStoresThatItComesBefore() {
		assertThat(KvSessionAutoConfiguration.class.getAnnotation(AutoConfiguration.class).beforeName())
			.contains(JdbcSessionAutoConfiguration.class.getName())
			.anyMatch((name) -> name.endsWith(".SessionDataRedisAutoConfiguration"));
	}

	@Test
	void leavesJdbcAloneWhereKvIsNotConfigured() {
		withDatabase(SessionContexts.unconfigured())
			.run((context) -> assertThat(context).hasSingleBean(SessionRepository.class)
				.hasSingleBean(JdbcIndexedSessionRepository.class)
				.doesNotHaveBean(KvSessionFilter.class)
				.doesNotHaveBean(KvProperties.class));
	}

	@Test
	void usesTheUsersClient() {
		SessionContexts.unconfigured().withBean(InMemoryKvClient.class).run((context) -> {
			KvSessionRepository repository = context.getBean(KvSessionRepository.class);
			KvSession session = repository.createSession();
			repository.save(session);
			assertThat(context.getBean(InMemoryKvClient.class).pairs()).containsOnlyKeys("session:" + session.getId());
			assertThat(context).doesNotHaveBean(RestKvClient.class);
		});
	}

	@Test
	void warmsItsOwnCodecUpAndNoOther() {
		SessionContexts.configured().run((context) -> assertThat(context).hasSingleBean(CodecWarmUp.class));
		SessionContexts.configured()
			.withBean("ownCodec", SessionCodec.class,
					() -> new JsonSessionCodec(getClass().getClassLoader(), List.of(), JdkFallback.OFF))
			.run((context) -> assertThat(context).doesNotHaveBean(CodecWarmUp.class));
	}

	@Test
	void usesTheUsersCodec() {
		SessionCodec codec = new JsonSessionCodec(getClass().getClassLoader(), List.of(), JdkFallback.OFF);
		SessionContexts.configured()
			.withBean("ownCodec", SessionCodec.class, () -> codec)
			.run((context) -> assertThat(context).getBean(SessionCodec.class).isSameAs(codec));
	}

	@Test
	void usesTheUsersIdGenerator() {
		SessionContexts.configured()
			.withBean(SessionIdGenerator.class, () -> () -> OWN_ID)
			.run((context) -> assertThat(context.getBean(KvSessionRepository.class).createSession().getId())
				.isEqualTo(OWN_ID));
	}

	@Test
	void usesTheUsersClaims() {
		SessionContexts.unconfigured()
			.withBean(InMemoryKvClient.class)
			.withBean(SessionClaims.class, () -> (Principal authentication) -> Map.of("shopper", "b-42"))
			.run((context) -> {
				KvSessionRepository repository = context.getBean(KvSessionRepository.class);
				KvSession session = repository.createSession();
				session.setAttribute("SPRING_SECURITY_CONTEXT", Logins.of("ada"));
				repository.save(session);
				assertThat(context.getBean(InMemoryKvClient.class).pairs().get("session:" + session.getId()).value())
					.contains("\"shopper\":\"b-42\"");
			});
	}

	@Test
	void customizersOfTheUserHaveTheLastWord() {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.session.timeout=1h")
			.withUserConfiguration(OwnCustomizer.class)
			.run((context) -> {
				Session session = context.getBean(KvSessionRepository.class).createSession();
				assertThat(session.getMaxInactiveInterval()).hasHours(5);
				assertThat(session.getId()).isEqualTo(OWN_ID);
			});
	}

	private static WebApplicationContextRunner withDatabase(WebApplicationContextRunner contexts) {
		return contexts.withUserConfiguration(Database.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Database {

		@Bean
		DataSource dataSource() {
			JdbcDataSource database = new JdbcDataSource();
			database.setUrl("jdbc:h2:mem:sessions");
			return database;
		}

		@Bean
		DataSourceTransactionManager transactionManager(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCustomizer {

		@Bean
		SessionRepositoryCustomizer<KvSessionRepository> ownCustomizer() {
			return (repository) -> {
				repository.setDefaultMaxInactiveInterval(Duration.ofHours(5));
				repository.setSessionIdGenerator(() -> OWN_ID);
			};
		}

	}

}
