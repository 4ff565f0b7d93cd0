package dev.kvsession.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import dev.kvsession.client.KvConnection;

/**
 * Location and credentials of the KV namespace. A bean of this type replaces the
 * properties {@code cloudflare.kv.namespace-id}, {@code api-token}, {@code account-id}
 * and {@code base-url}. It is read when the application starts; the start fails if it
 * returns a placeholder such as <code>${NAME}</code>.
 */
public interface KvConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the namespace's id.
	 * @return 32 hexadecimal digits; {@code null} or blank fails the start
	 */
	@Nullable String getNamespaceId();

	/**
	 * Returns the API token.
	 * @return printable ASCII without blanks, at least 22 characters if the key of
	 * handoff cookies is derived from it; {@code null} or blank fails the start
	 */
	@Nullable String getApiToken();

	/**
	 * Returns the id of the account that owns the namespace.
	 * @return 32 hexadecimal digits; {@code null} or blank to look it up with the token
	 */
	default @Nullable String getAccountId() {
		return null;
	}

	/**
	 * Returns the secret from which the key of handoff cookies is derived.
	 * @return random text of at least 32 characters, the same on every instance;
	 * {@code null} or blank to use {@code cloudflare.kv.secret} or else the API token
	 */
	default @Nullable String getSecret() {
		return null;
	}

	/**
	 * Returns the base URL of the REST API.
	 * @return an absolute http or https URL; Cloudflare's own by default
	 */
	default String getBaseUrl() {
		return KvConnection.DEFAULT_BASE_URL.toString();
	}

}
