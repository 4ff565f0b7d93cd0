package dev.kvsession.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.kvsession.autoconfigure.properties.KvProperties;

/**
 * Takes the connection from {@code cloudflare.kv.*}.
 *
 * @param properties the properties
 */
record PropertiesKvConnectionDetails(KvProperties properties) implements KvConnectionDetails {

	@Override
	public @Nullable String getNamespaceId() {
		return this.properties.getNamespaceId();
	}

	@Override
	public @Nullable String getApiToken() {
		return this.properties.getApiToken();
	}

	@Override
	public @Nullable String getAccountId() {
		return this.properties.getAccountId();
	}

	@Override
	public String getBaseUrl() {
		String baseUrl = this.properties.getBaseUrl();
		return StringUtils.hasText(baseUrl) ? baseUrl : KvConnectionDetails.super.getBaseUrl();
	}

}
