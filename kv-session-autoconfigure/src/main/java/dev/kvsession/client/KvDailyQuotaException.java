package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The daily quota of the account's free plan for this kind of operation is used up (code
 * 10048), until 00:00 UTC. Other kinds of operations may still work.
 */
public final class KvDailyQuotaException extends KvException {

	private static final long serialVersionUID = 1L;

	private static final Duration LOOK_AGAIN = Duration.ofHours(1);

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvDailyQuotaException(String message, @Nullable Throwable cause) {
		super(Kind.DAILY_QUOTA, message, cause);
	}

	/**
	 * Returns how long to wait before looking again; the quota itself is back at 00:00
	 * UTC.
	 * @return an hour
	 */
	@Override
	public Duration retryAfter() {
		return LOOK_AGAIN;
	}

}
