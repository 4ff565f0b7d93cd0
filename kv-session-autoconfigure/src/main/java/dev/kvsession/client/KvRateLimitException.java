package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The API token has no calls left (the API's own 429 with {@code retry-after}, or code
 * 971 in any status). The call did not happen. Concerns every call with this token:
 * nothing should be sent before {@link #retryAfter()} has passed.
 */
public final class KvRateLimitException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * Cloudflare blocks a token for five minutes; the bound keeps a nonsensical header
	 * from silencing the application forever.
	 */
	private static final Duration LONGEST = Duration.ofHours(1);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private final Duration retryAfter;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param retryAfter how long to wait, counted from the answer; less than a second
	 * counts as one, more than an hour as an hour
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvRateLimitException(String message, Duration retryAfter, @Nullable Throwable cause) {
		super(Kind.RATE_LIMITED, message, cause);
		this.retryAfter = bounded(retryAfter);
	}

	public static Duration bounded(Duration wait) {
		Duration least = (wait.compareTo(SHORTEST) < 0) ? SHORTEST : wait;
		return (least.compareTo(LONGEST) > 0) ? LONGEST : least;
	}

	/**
	 * Returns how long nothing should be sent, counted from the answer.
	 * @return the time to wait, at least a second and at most an hour
	 */
	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
