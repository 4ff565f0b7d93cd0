package dev.kvsession.sample;

import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.util.StringUtils;

/**
 * Stops the start when a setting of the sample's own is missing, without which nobody can
 * log in: the library asks for those of Cloudflare KV, and Spring takes the placeholder
 * of a variable that is not set for the setting's value.
 */
final class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String GITHUB = "spring.security.oauth2.client.registration.github.";

	/** Environment variables of application.yaml, by the property each one sets. */
	private static final Map<String, String> VARIABLES = Map.of(GITHUB + "client-id", "GITHUB_CLIENT_ID",
			GITHUB + "client-secret", "GITHUB_CLIENT_SECRET");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			// Nobody has them at hand when the application is built.
			return;
		}
		Binder binder = Binder.get(context.getEnvironment());
		List<String> missing = VARIABLES.keySet()
			.stream()
			.filter((property) -> isMissing(binder.bind(property, String.class).orElse("")))
			.map((property) -> VARIABLES.get(property) + " (property " + property + ")")
			.sorted()
			.toList();
		if (!missing.isEmpty()) {
			throw new MissingSettingsException(missing);
		}
	}

	private static boolean isMissing(String value) {
		return !StringUtils.hasText(value) || value.contains("${");
	}

}
