package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * Something refused the request with a 4xx, but without a code of the API: a proxy, a
 * firewall or a login page in between. Whether it refuses this request only or all of
 * them cannot be told from the answer. Statuses that say enough by themselves are
 * believed without a code: 408, 413, 414 and 429 and, unless with an HTML page, 401, 403
 * and 404.
 */
public final class KvForeignRefusalException extends KvUnexpectedResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvForeignRefusalException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
