package dev.kvsession.autoconfigure.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

import dev.kvsession.client.KvException;

/**
 * Explains why KV did not let the application start, and where the properties come from.
 */
final class KvFailureAnalyzer implements FailureAnalyzer {

	private static final Pattern PROPERTY = Pattern.compile("'(cloudflare\\.kv\\.[a-z.-]+)'");

	private final Environment environment;

	KvFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof KvConfigurationException ex) {
				return new FailureAnalysis(withOrigins(ex.problem()), ex.action(), ex);
			}
			if (cause instanceof KvException ex) {
				return new FailureAnalysis("Cloudflare KV cannot be used. " + ex.getMessage() + ".",
						withOrigins(action(ex.kind())), ex);
			}
		}
		return null;
	}

	private static String action(KvException.Kind kind) {
		return switch (kind) {
			case UNAUTHORIZED -> "Check 'cloudflare.kv.api-token': the token must be active and have the permission "
					+ "'Workers KV Storage: Edit' for the account that owns the namespace.";
			case MISCONFIGURED ->
				"Check 'cloudflare.kv.namespace-id' and 'cloudflare.kv.account-id': the namespace must "
						+ "exist in that account. Check 'cloudflare.kv.base-url', too: it ends in /client/v4, without ids.";
			case RATE_LIMITED, DAILY_QUOTA ->
				"Wait until KV takes calls again, and find out what else uses the token and the account.";
			default -> "Check 'cloudflare.kv.base-url' and the network. To start without a call to KV, set "
					+ "'cloudflare.kv.verify-on-startup' to false.";
		};
	}

	private String withOrigins(String text) {
		return PROPERTY.matcher(text).replaceAll((name) -> Matcher.quoteReplacement(withOrigin(name.group(1))));
	}

	private String withOrigin(String name) {
		ConfigurationPropertyName key = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(key);
			if (property != null) {
				return (property.getOrigin() != null) ? name + " (from " + property.getOrigin() + ")" : name;
			}
		}
		return name;
	}

}
