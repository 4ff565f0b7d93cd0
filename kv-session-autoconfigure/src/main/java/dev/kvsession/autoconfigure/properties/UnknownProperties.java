package dev.kvsession.autoconfigure.properties;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * Warns of unknown properties below {@code cloudflare.kv}, which Boot ignores silently.
 * Shows their names and origins, never their values.
 */
public final class UnknownProperties {

	private static final Logger logger = LoggerFactory.getLogger(UnknownProperties.class);

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(KvPropertyNames.PREFIX);

	/** Variables that Kubernetes and Docker set for a service of this name. */
	private static final Pattern SERVICE_LINK = Pattern
		.compile("cloudflare\\.kv(?:\\.service\\.(?:host|port)|\\.port|\\.name|\\.env)(?:[.\\[].*)?");

	private UnknownProperties() {
	}

	public static void warn(ApplicationContext context) {
		KnownProperties known = KnownProperties.ofLibrary();
		Set<ConfigurationPropertyName> foreign = foreignPrefixes(context);
		find(context.getEnvironment(), known, foreign).forEach((name, described) -> {
			String nearest = known.nearest(name);
			logger.warn("kv-session knows no property {}.{}", described,
					(nearest != null) ? " Did you mean " + nearest + "?" : "");
		});
	}

	private static Map<String, String> find(Environment environment, KnownProperties known,
			Set<ConfigurationPropertyName> foreign) {
		Map<String, String> found = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				iterable.stream()
					.filter(PREFIX::isAncestorOf)
					.filter((name) -> !(variables ? known.isVariable(name) : known.isKnown(name)))
					.filter((name) -> !(variables && SERVICE_LINK.matcher(name.toString()).matches()))
					.filter((name) -> !isEmptySection(iterable, name, known))
					.filter((name) -> foreign.stream().noneMatch((prefix) -> isBelow(prefix, name, variables)))
					.forEach((name) -> found.putIfAbsent(name.toString(), describe(iterable, name)));
			}
		}
		return found;
	}

	// As in a YAML file in which all entries below a key are commented out.
	private static boolean isEmptySection(ConfigurationPropertySource source, ConfigurationPropertyName name,
			KnownProperties known) {
		ConfigurationProperty property = known.isSection(name) ? source.getConfigurationProperty(name) : null;
		return property != null && !StringUtils.hasText(String.valueOf(property.getValue()));
	}

	private static boolean isBelow(ConfigurationPropertyName prefix, ConfigurationPropertyName name,
			boolean variables) {
		return prefix.isAncestorOf(name) || (variables && KnownProperties.isBelowVariable(prefix, name));
	}

	private static String describe(IterableConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		Object origin = (property != null) ? property.getOrigin() : null;
		return (origin != null) ? name + " (" + origin + ")" : name.toString();
	}

	// Prefixes of the application's or another library's own properties.
	private static Set<ConfigurationPropertyName> foreignPrefixes(ApplicationContext context) {
		Set<ConfigurationPropertyName> prefixes = new HashSet<>();
		for (String bean : context.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
			ConfigurationProperties annotation = context.findAnnotationOnBean(bean, ConfigurationProperties.class,
					false);
			ConfigurationPropertyName prefix = (annotation != null) ? prefixOf(annotation) : null;
			if (prefix != null && PREFIX.isAncestorOf(prefix) && !isOurs(context.getType(bean, false))) {
				prefixes.add(prefix);
			}
		}
		return prefixes;
	}

	private static @Nullable ConfigurationPropertyName prefixOf(ConfigurationProperties annotation) {
		String prefix = StringUtils.hasText(annotation.prefix()) ? annotation.prefix() : annotation.value();
		return ConfigurationPropertyName.isValid(prefix) ? ConfigurationPropertyName.of(prefix) : null;
	}

	private static boolean isOurs(@Nullable Class<?> type) {
		return type != null && KnownProperties.TYPES.containsValue(type);
	}

}
