package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * The account id is not configured, and the token does not lead to exactly one account.
 * The message lists the accounts; {@code cloudflare.kv.account-id} chooses one.
 */
public final class KvAccountException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvAccountException(String message, @Nullable Throwable cause) {
		super(Kind.MISCONFIGURED, message, cause);
	}

}
