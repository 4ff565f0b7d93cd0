package dev.kvsession.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.support.TestPropertySourceUtils;

import dev.kvsession.autoconfigure.failure.KvConfigurationException;
import dev.kvsession.autoconfigure.server.ShopApplication;
import dev.kvsession.client.KvClient;
import dev.kvsession.session.KvSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LateConfigurationTests {

	private static final String[] CONNECTION = { "cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
			"cloudflare.kv.api-token=" + SessionContexts.TOKEN };

	@Test
	@DisplayName("P3 properties that come after the conditions stop the start, which says so")
	void propertiesThatComeLateStopTheStart() {
		FailedStart start = FailedStart.of(late(SessionContexts.started(SessionContexts.unconfigured()), CONNECTION));
		assertThat(start.description()).contains("cloudflare.kv.namespace-id", "cloudflare.kv.api-token", "too late");
		assertThat(start.action()).contains("DynamicPropertyRegistrar", "@DynamicPropertySource",
				"KvConnectionDetails");
		assertThat(start.everything()).doesNotContain(SessionContexts.TOKEN);
	}

	@Test
	@DisplayName("P3 Boot's own registrar of a test's properties stops the start, which says so")
	void aRegistrarStopsTheStart() {
		assertThatThrownBy(() -> new TestContextManager(WithRegistrar.class).getTestContext().getApplicationContext())
			.rootCause()
			.isInstanceOf(KvConfigurationException.class)
			.hasMessageContaining("too late");
	}

	@Test
	void stopsTheStartAlsoIfBeansAreLazy() {
		late(SessionContexts.started(SessionContexts.unconfigured()), CONNECTION)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void aClientThatComesLateStopsTheStart() {
		FailedStart start = FailedStart.of(SessionContexts.started(SessionContexts.unconfigured())
			.withInitializer((context) -> context.addBeanFactoryPostProcessor(
					(beans) -> beans.registerSingleton("lateClient", new InMemoryKvClient()))));
		assertThat(start.description()).contains("a bean of type " + KvClient.class.getName());
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "true" })
	void switchingLateStopsTheStart(boolean enabled) {
		FailedStart start = FailedStart.of(late(
				SessionContexts.started(SessionContexts.configured())
					.withPropertyValues("cloudflare.kv.session.enabled=" + !enabled),
				"cloudflare.kv.session.enabled=" + enabled));
		assertThat(start.description()).contains("cloudflare.kv.session.enabled", "too late");
	}

	@Test
	@DisplayName("who excludes the auto-configuration may have its properties set")
	void excludingIsNotLate() {
		new WebApplicationContextRunner().withUserConfiguration(Excluding.class)
			.withPropertyValues(CONNECTION)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KvSessionRepository.class));
		new WebApplicationContextRunner().withUserConfiguration(ExcludingSessions.class)
			.withPropertyValues(CONNECTION)
			.withPropertyValues("cloudflare.kv.session.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KvSessionRepository.class));
	}

	@Test
	void whatIsMissingWhenConditionsAreAskedMayComeLate() {
		late(SessionContexts.started(SessionContexts.unconfigured()).withPropertyValues(CONNECTION[0]), CONNECTION)
			.run((context) -> assertThat(context).hasSingleBean(KvSessionRepository.class));
	}

	@Test
	@DisplayName("P3 a context may stand on the engine or the client of its parent")
	void aParentsConnectionIsNotLate() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class))
			.withPropertyValues(CONNECTION)
			.run((parent) -> SessionContexts.started(SessionContexts.unconfigured())
				.withParent(parent)
				.run((context) -> assertThat(context).hasSingleBean(KvSessionRepository.class)));
		new ApplicationContextRunner().withBean(KvClient.class, InMemoryKvClient::new)
			.run((parent) -> SessionContexts.started(SessionContexts.unconfigured())
				.withParent(parent)
				.run((context) -> assertThat(context).hasSingleBean(KvSessionRepository.class)));
	}

	@Test
	@DisplayName("while the application is built ahead of time, KV counts as configured")
	void countsAsConfiguredAheadOfTime() {
		assertThat(aheadOfTime()).isTrue();
		assertThat(aheadOfTime("cloudflare.kv.session.enabled=false")).isFalse();
	}

	private static boolean aheadOfTime(String... properties) {
		boolean[] matched = new boolean[1];
		late(SessionContexts.started(SessionContexts.unconfigured()).withPropertyValues(properties))
			.withSystemProperties("spring.aot.processing=true")
			.withPropertyValues("spring.main.lazy-initialization=true")
			.run((context) -> matched[0] = context.getStartupFailure() != null);
		return matched[0];
	}

	@Test
	@DisplayName("started as it was built ahead of time, it names that")
	void namesTheBuildAheadOfTime() {
		FailedStart start = FailedStart.of(late(SessionContexts.started(SessionContexts.unconfigured()), CONNECTION)
			.withSystemProperties("spring.aot.enabled=true"));
		assertThat(start.description()).contains("ahead of time (AOT)");
		assertThat(start.action()).contains("Build the application again", "spring.aot.enabled");
	}

	private static WebApplicationContextRunner late(WebApplicationContextRunner contexts, String... properties) {
		return contexts.withInitializer((context) -> ((GenericApplicationContext) context).registerBean(Late.class,
				() -> new Late(context, properties)));
	}

	/**
	 * Called as the registrars of Spring's test framework are.
	 */
	private record Late(ConfigurableApplicationContext context,
			String... properties) implements BeanFactoryInitializer<ListableBeanFactory> {

		@Override
		public void initialize(ListableBeanFactory beans) {
			TestPropertySourceUtils.addInlinedPropertiesToEnvironment(this.context, this.properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class,
			DataSourceAutoConfiguration.class })
	static class Excluding {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { KvSessionAutoConfiguration.class, DataSourceAutoConfiguration.class })
	static class ExcludingSessions {

	}

	@SpringBootTest(classes = { ShopApplication.class, WithRegistrar.Registrar.class })
	static class WithRegistrar {

		@Configuration(proxyBeanMethods = false)
		static class Registrar {

			@Bean
			DynamicPropertyRegistrar connection() {
				return (registry) -> List.of(CONNECTION).forEach((property) -> {
					String[] pair = property.split("=");
					registry.add(pair[0], () -> pair[1]);
				});
			}

		}

	}

}
