package dev.kvsession.sample;

import java.util.List;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Stops the start when a setting without which the sample cannot work is missing. Without
 * this, missing KV settings would quietly leave the sessions in memory.
 */
final class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String GITHUB = "spring.security.oauth2.client.registration.github.";

	/** Environment variables of application.yaml, by the property each one sets. */
	private static final Map<String, String> VARIABLES = Map.of("cloudflare.kv.account-id", "CLOUDFLARE_KV_ACCOUNT_ID",
			"cloudflare.kv.namespace-id", "CLOUDFLARE_KV_NAMESPACE_ID", "cloudflare.kv.api-token",
			"CLOUDFLARE_KV_API_TOKEN", GITHUB + "client-id", "GITHUB_CLIENT_ID", GITHUB + "client-secret",
			"GITHUB_CLIENT_SECRET");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		List<String> missing = VARIABLES.keySet()
			.stream()
			.filter((property) -> !StringUtils.hasText(environment.getProperty(property)))
			.map((property) -> VARIABLES.get(property) + " (property " + property + ")")
			.sorted()
			.toList();
		if (!missing.isEmpty()) {
			throw new MissingSettingsException(missing);
		}
	}

}
