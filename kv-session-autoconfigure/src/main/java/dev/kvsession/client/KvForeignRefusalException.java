package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * Something refused the request with a 4xx, but not with the API's own envelope and an
 * error code: a proxy, a firewall or a login page in between. Whether it refuses this
 * request only or all of them cannot be told from the answer. It is no word of KV about
 * token, namespace or key, whatever the status. Other exceptions tell of 408 and 429,
 * which pass, and of the 413 of a write that is large.
 */
public final class KvForeignRefusalException extends KvUnexpectedResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvForeignRefusalException(String message, @Nullable Throwable cause) {
		super(Kind.FOREIGN, message, cause);
	}

}
