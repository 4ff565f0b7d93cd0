package dev.kvsession.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.web.KvSessionFilter;

import static org.assertj.core.api.Assertions.assertThat;

public class EnableKvHttpSessionTests {

	private final WebApplicationContextRunner contexts = new WebApplicationContextRunner().withPropertyValues(
			"cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
			"cloudflare.kv.api-token=" + SessionContexts.TOKEN);

	@Test
	void keepsSessionsInKvWithoutAutoConfiguration() {
		this.contexts.withUserConfiguration(Plain.class)
			.run((context) -> assertThat(context).hasSingleBean(KvSessionRepository.class)
				.hasSingleBean(RestKvClient.class)
				.hasSingleBean(KvSessionFilter.class)
				.hasSingleBean(SessionRepositoryFilter.class));
	}

	@Test
	void autoConfigurationsBackOff() {
		this.contexts.withUserConfiguration(Plain.class, AutoConfigured.class)
			.run((context) -> assertThat(context).hasSingleBean(SessionRepository.class)
				.hasSingleBean(KvSessionRepository.class)
				.hasSingleBean(RestKvClient.class)
				.doesNotHaveBean(KvSessionAutoConfiguration.class));
	}

	@Test
	void worksBesideTheAutoConfigurationInAContextRunner() {
		SessionContexts.configured()
			.withUserConfiguration(WithAttributes.class, OwnClient.class)
			.run((context) -> assertThat(
					context.getBean(KvSessionRepository.class).createSession().getMaxInactiveInterval())
				.hasSeconds(90));
	}

	@Test
	void takesFromPropertiesWhatHasNoAttribute() {
		this.contexts.withUserConfiguration(Plain.class)
			.withPropertyValues("cloudflare.kv.session.timeout=3h", "cloudflare.kv.session.enabled=false")
			.run((context) -> assertThat(
					context.getBean(KvSessionRepository.class).createSession().getMaxInactiveInterval())
				.hasHours(3));
	}

	@Test
	void attributesReplaceProperties() {
		this.contexts.withUserConfiguration(WithAttributes.class, OwnClient.class)
			.withPropertyValues("cloudflare.kv.session.timeout=3h", "cloudflare.kv.session.key-prefix=other:")
			.run((context) -> {
				KvSession session = context.getBean(KvSessionRepository.class).createSession();
				assertThat(session.getMaxInactiveInterval()).hasSeconds(90);
				// Flushed at once, as the annotation says.
				assertThat(context.getBean(InMemoryKvClient.class).pairs()).containsOnlyKeys("shop:" + session.getId());
			});
	}

	@Test
	void attributesSurviveAnAutoConfigurationThatImportsTheSame() {
		this.contexts.withUserConfiguration(WithAttributes.class, OwnClient.class, AutoConfigured.class)
			.run((context) -> assertThat(
					context.getBean(KvSessionRepository.class).createSession().getMaxInactiveInterval())
				.hasSeconds(90));
	}

	@Test
	void customizersHaveTheLastWord() {
		this.contexts.withUserConfiguration(WithAttributes.class, OwnClient.class)
			.withBean(Customizer.class)
			.run((context) -> assertThat(
					context.getBean(KvSessionRepository.class).createSession().getMaxInactiveInterval())
				.hasHours(5));
	}

	@Test
	void beansOfTheSameClassWin() {
		this.contexts.withUserConfiguration(WithBeans.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KvClient.class)
				.doesNotHaveBean(RestKvClient.class)
				.getBean(HttpSessionIdResolver.class)
				.isInstanceOf(HeaderHttpSessionIdResolver.class));
	}

	@Test
	void refusesTwoValuesOfAnAttribute() {
		this.contexts.withUserConfiguration(TwoIntervals.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("at most one value for 'maxInactiveIntervalInSeconds'"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableKvHttpSession
	public static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableKvHttpSession(maxInactiveIntervalInSeconds = 90, keyPrefix = "shop:", flushMode = FlushMode.IMMEDIATE,
			saveMode = SaveMode.ALWAYS)
	static class WithAttributes {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableKvHttpSession(maxInactiveIntervalInSeconds = { 1, 2 })
	static class TwoIntervals {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableKvHttpSession
	static class WithBeans {

		@Bean
		KvClient client() {
			return new InMemoryKvClient();
		}

		@Bean
		HttpSessionIdResolver resolver() {
			return HeaderHttpSessionIdResolver.xAuthToken();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		InMemoryKvClient client() {
			return new InMemoryKvClient();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class,
			SessionAutoConfiguration.class, JdbcSessionAutoConfiguration.class })
	static class AutoConfigured {

	}

	static class Customizer implements SessionRepositoryCustomizer<KvSessionRepository> {

		@Override
		public void customize(KvSessionRepository repository) {
			repository.setDefaultMaxInactiveInterval(Duration.ofHours(5));
		}

	}

}
