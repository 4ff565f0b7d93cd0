package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * One key was written twice within a second (429 without {@code retry-after}, without
 * code 971 and with calls left). The write did not happen; it may be repeated a second
 * later. Other keys are not affected.
 */
public final class KvKeyRateLimitException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvKeyRateLimitException(String message, @Nullable Throwable cause) {
		super(Kind.KEY_CONFLICT, message, cause);
	}

}
