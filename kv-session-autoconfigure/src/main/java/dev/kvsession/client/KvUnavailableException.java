package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * KV did not serve the call, and the call did not happen: no connection, 408, 501, 503,
 * an intermediary's 429, one of Cloudflare's own statuses for an unreachable origin, or
 * any failed read. A write that ended in another 5xx may have happened, and fails with
 * {@link KvUnknownOutcomeException}. Transient.
 */
public final class KvUnavailableException extends KvException {

	private static final long serialVersionUID = 1L;

	private final @Nullable Duration retryAfter;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvUnavailableException(String message, @Nullable Throwable cause) {
		this(message, null, cause);
	}

	/**
	 * Creates the exception with a known time of the next try.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param retryAfter how long to wait, or {@code null} if nothing is known
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvUnavailableException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
		super(Kind.UNAVAILABLE, message, cause);
		this.retryAfter = retryAfter;
	}

	@Override
	public Duration retryAfter() {
		return (this.retryAfter != null) ? this.retryAfter : super.retryAfter();
	}

}
