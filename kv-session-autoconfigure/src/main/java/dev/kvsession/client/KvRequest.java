package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request below the base URL. The token is not part of it: the transport adds
 * it.
 *
 * @param method the HTTP method
 * @param path what follows the base URL, beginning with {@code /}, percent-encoded,
 * including the query
 * @param contentType the body's media type, or {@code null} without a body
 * @param body the body, or {@code null} for none; not copied, never changed
 */
public record KvRequest(String method, String path, @Nullable String contentType, byte @Nullable [] body) {

	@Override
	public String toString() {
		return "KvRequest[" + this.method + "]";
	}

}
