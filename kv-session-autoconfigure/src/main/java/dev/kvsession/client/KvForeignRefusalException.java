package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * An intermediary (a proxy, a firewall or a login page) refused the request with a 4xx:
 * the answer lacks the API's own envelope with an error code. The answer does not tell
 * whether it refuses all requests, and means nothing about token, namespace or key. Other
 * exceptions stand for 408 and 429, which are transient, and for a large write's 413.
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
