package dev.kvsession.autoconfigure;

import java.util.Locale;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that keeps the API token and the secret out of the actuator's
 * {@code env} and {@code configprops}, also where an application shows all values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class KvSanitizingAutoConfiguration {

	/**
	 * Without separators, so that {@code cloudflare.kv.api-token} and
	 * {@code CLOUDFLARE_KV_API_TOKEN} are the same.
	 */
	private static final Set<String> SECRETS = Set.of("cloudflarekvapitoken", "cloudflarekvsecret");

	@Bean
	SanitizingFunction kvSanitizingFunction() {
		return KvSanitizingAutoConfiguration::sanitize;
	}

	private static SanitizableData sanitize(SanitizableData data) {
		String name = data.getKey().toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
		return SECRETS.contains(name) ? data.withSanitizedValue() : data;
	}

}
