package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * KV refuses this request because of its content, or would: too large, malformed, or
 * another 4xx with a code of the API. Repeating it unchanged is of no use. Other requests
 * are not affected.
 */
public final class KvRequestRefusedException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvRequestRefusedException(String message, @Nullable Throwable cause) {
		super(Kind.REFUSED, message, cause);
	}

}
