package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * KV does not know the account or namespace, or the account id is not configured and the
 * token does not lead to exactly one account. Never means that a key is absent. Repeating
 * is of no use before the ids are corrected.
 */
public final class KvConfigurationException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvConfigurationException(String message, @Nullable Throwable cause) {
		super(Kind.MISCONFIGURED, message, cause);
	}

}
