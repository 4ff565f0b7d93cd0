package dev.kvsession.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.context.WebApplicationContext;

import dev.kvsession.autoconfigure.failure.LateKvConfigurationException;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.engine.KvEngine;

/**
 * Finds properties and beans that are there now but were not when conditions were asked:
 * before a {@code DynamicPropertyRegistrar} had its turn, or when the application was
 * built ahead of time. Without this check sessions would stay in memory, and nothing
 * would say so.
 */
final class LateConfiguration {

	private static final String ENABLED = KvPropertyNames.SESSION_PREFIX + ".enabled";

	private LateConfiguration() {
	}

	/**
	 * Checks a context whose singletons exist.
	 * @param context the context
	 * @throws LateKvConfigurationException if it is configured otherwise than its beans
	 * are
	 */
	static void check(ApplicationContext context) {
		if (!has(context, KvEngine.class)) {
			checkConnection(context);
			return;
		}
		Boolean enabled = enabled(context.getEnvironment());
		if (enabled == null) {
			return;
		}
		boolean kept = isAutoConfigured(context);
		if (kept != enabled && (kept || isMissed(context))) {
			throw late(List.of(ENABLED), List.of());
		}
	}

	private static void checkConnection(ApplicationContext context) {
		List<String> beans = Stream.of(KvClient.class, KvConnectionDetails.class)
			.filter((type) -> has(context, type))
			.map(Class::getName)
			.toList();
		List<String> properties = configured(context.getEnvironment());
		if (!beans.isEmpty() || !properties.isEmpty()) {
			throw late(properties, beans);
		}
	}

	/**
	 * Tells which properties say that KV is to be used. Blank values, as of
	 * {@code ${TOKEN:}}, count as missing.
	 * @param environment where properties are
	 * @return the names of those that are set
	 */
	static List<String> configured(Environment environment) {
		Binder binder = Binder.get(environment);
		return Stream.of(KvPropertyNames.NAMESPACE_ID, KvPropertyNames.API_TOKEN)
			.filter((name) -> StringUtils.hasText(binder.bind(name, String.class).orElse("")))
			.toList();
	}

	static @Nullable Boolean enabled(Environment environment) {
		return Binder.get(environment).bind(ENABLED, Boolean.class).orElse(null);
	}

	private static LateKvConfigurationException late(List<String> properties, List<String> beans) {
		return new LateKvConfigurationException(properties, beans, AotDetector.useGeneratedArtifacts());
	}

	/*
	 * Not by @EnableKvHttpSession, which stands for that property.
	 */
	private static boolean isAutoConfigured(ApplicationContext context) {
		return has(context, KvSessionAutoConfiguration.class);
	}

	/*
	 * Whether sessions would be in KV if the property had been asked now. An application
	 * that excludes the auto-configuration, or has none, does not want them there.
	 */
	private static boolean isMissed(ApplicationContext context) {
		if (!(context instanceof WebApplicationContext) || SessionWhereabouts.hasRepository(context)) {
			return false;
		}
		return AotDetector.useGeneratedArtifacts()
				|| (context.getAutowireCapableBeanFactory() instanceof ConfigurableListableBeanFactory factory
						&& ConditionEvaluationReport.get(factory)
							.getConditionAndOutcomesBySource()
							.containsKey(KvSessionAutoConfiguration.class.getName()));
	}

	/**
	 * Whether there is a bean, in a parent context as well: conditions on missing beans
	 * look there, too.
	 * @param context where beans are
	 * @param type the bean's type
	 * @return whether there is one
	 */
	static boolean has(ApplicationContext context, Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, type, true, false).length > 0;
	}

}
