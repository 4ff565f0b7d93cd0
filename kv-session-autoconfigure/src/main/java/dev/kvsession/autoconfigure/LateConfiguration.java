package dev.kvsession.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;
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

import dev.kvsession.autoconfigure.failure.KvConfigurationException;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.engine.KvEngine;

/**
 * Finds properties and beans that exist now but did not when conditions were evaluated:
 * before a {@code DynamicPropertyRegistrar} ran, or when the application was built ahead
 * of time. Without this check sessions would stay in memory without any message.
 */
final class LateConfiguration {

	private static final String ENABLED = KvPropertyNames.SESSION_PREFIX + ".enabled";

	private LateConfiguration() {
	}

	/**
	 * Checks a context whose singletons exist.
	 * @param context the context
	 * @throws KvConfigurationException if its beans do not fit its configuration
	 */
	static void check(ApplicationContext context) {
		if (!has(context, KvEngine.class)) {
			List<String> beans = Stream.of(KvClient.class, KvConnectionDetails.class)
				.filter((type) -> has(context, type))
				.map(Class::getName)
				.toList();
			List<String> properties = configured(context.getEnvironment());
			if (!beans.isEmpty() || !properties.isEmpty()) {
				throw late(properties, beans);
			}
			return;
		}
		Boolean enabled = enabled(context.getEnvironment());
		// Not by @EnableKvHttpSession, which stands for that property.
		boolean kept = has(context, KvSessionAutoConfiguration.class);
		if (enabled != null && kept != enabled && (kept || isMissed(context))) {
			throw late(List.of(ENABLED), List.of());
		}
	}

	/**
	 * Returns which properties of the connection are set. Blank, as of
	 * <code>${TOKEN:}</code>, is not.
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

	private static KvConfigurationException late(List<String> properties, List<String> beans) {
		boolean aheadOfTime = AotDetector.useGeneratedArtifacts();
		String late = Stream
			.concat(properties.stream().map((name) -> "'" + name + "'"),
					beans.stream().map((type) -> "a bean of type " + type))
			.collect(Collectors.joining(" and "));
		return new KvConfigurationException(
				"Cloudflare KV is configured too late: " + late + " was missing or different when "
						+ (aheadOfTime ? "the application was built ahead of time (AOT)"
								: "conditions were evaluated, before any bean was created")
						+ ". Sessions would not be kept where the configuration says.",
				aheadOfTime ? "Build the application again with " + String.join(" and ", properties)
						+ " set as in production (for the connection any value will do: it is read again when the "
						+ "application starts), or start it without -Dspring.aot.enabled=true."
						: "A DynamicPropertyRegistrar bean sets its properties too late for conditions. Set them in a "
								+ "static @DynamicPropertySource method or in the test's properties, or give the connection "
								+ "in a bean of type " + KvConnectionDetails.class.getName()
								+ ". To go without Cloudflare KV, exclude "
								+ KvClientAutoConfiguration.class.getSimpleName() + ".");
	}

	/*
	 * Whether sessions would be in KV if the property had been read now. An application
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
	 * Whether the context or a parent has such a bean: conditions on missing beans look
	 * there, too.
	 */
	static boolean has(ApplicationContext context, Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, type, true, false).length > 0;
	}

}
