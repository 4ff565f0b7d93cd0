package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * This instance has no call left for this request: its own call budget is used up. No
 * call was made, so the key may exist, and the token is not blocked; requests of other
 * priority classes may still succeed.
 */
public final class KvBudgetException extends KvException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param retryAfter how long to wait before the same call may succeed
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvBudgetException(String message, Duration retryAfter, @Nullable Throwable cause) {
		super(Kind.BUDGET, message, cause);
		this.retryAfter = retryAfter;
	}

	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
