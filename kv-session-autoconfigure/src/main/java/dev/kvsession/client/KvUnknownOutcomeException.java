package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * The request may have reached KV, but the answer was lost or is ambiguous: 500, 502,
 * 504, 520 or 524, or a success that does not account for the keys written. A write may
 * or may not have happened; repeating it is safe, since all KV calls are idempotent. If a
 * later try of the same write failed for another reason, that failure is the cause.
 */
public final class KvUnknownOutcomeException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvUnknownOutcomeException(String message, @Nullable Throwable cause) {
		super(Kind.UNKNOWN, message, cause);
	}

}
