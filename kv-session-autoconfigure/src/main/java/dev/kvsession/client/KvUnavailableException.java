package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * KV did not serve the call, and the call did not happen: no connection, 408, 501, 503, a
 * 429 that is not the API's own, one of Cloudflare's own statuses for an origin that it
 * did not reach, or any failed read. A write that ended in another 5xx may have happened,
 * and is a {@link KvUnknownOutcomeException}. Worth repeating later.
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
	 * Creates the exception of a caller that knows when KV is asked again.
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
