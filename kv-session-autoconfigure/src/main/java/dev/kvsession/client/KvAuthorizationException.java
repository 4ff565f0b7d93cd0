package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * KV refused the API token, or the token lacks a permission. Repeating is of no use
 * before the token is corrected.
 */
public final class KvAuthorizationException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvAuthorizationException(String message, @Nullable Throwable cause) {
		super(Kind.UNAUTHORIZED, message, cause);
	}

}
