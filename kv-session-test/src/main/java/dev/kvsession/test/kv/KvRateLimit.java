package dev.kvsession.test.kv;

import java.time.Duration;

/**
 * How many calls a token may make, and how long it is blocked after more.
 *
 * @param calls how many calls a window holds; 0 for no limit
 * @param window the length of the window
 * @param block how long every call is refused after the limit is exceeded
 * @param counting how the window moves
 */
public record KvRateLimit(int calls, Duration window, Duration block, Counting counting) {

	/**
	 * The calls per window that Cloudflare grants a token. Source:
	 * developers.cloudflare.com/fundamentals/api/reference/limits (read 2026-11).
	 */
	private static final int CLOUDFLARE_CALLS = 1200;

	/** Cloudflare's window, and the length of its block. Same source. */
	private static final Duration CLOUDFLARE_WINDOW = Duration.ofMinutes(5);

	public KvRateLimit {
		if (calls < 0 || window.isNegative() || window.isZero() || block.isNegative()) {
			throw new IllegalArgumentException("KvRateLimit: calls and block must not be negative and window must be"
					+ " positive, got " + calls + ", " + block + " and " + window + ".");
		}
	}

	/**
	 * Returns a limit that is never reached; answers then carry no rate-limit headers.
	 * @return no limit
	 */
	public static KvRateLimit none() {
		return new KvRateLimit(0, CLOUDFLARE_WINDOW, CLOUDFLARE_WINDOW, Counting.FIXED);
	}

	/**
	 * Returns Cloudflare's own limit: 1,200 calls in five minutes, then a block of five
	 * minutes. How the service counts is not published: fixed windows here, see
	 * {@link #counting(Counting)}.
	 * @return the limit of the real service
	 */
	public static KvRateLimit cloudflare() {
		return new KvRateLimit(CLOUDFLARE_CALLS, CLOUDFLARE_WINDOW, CLOUDFLARE_WINDOW, Counting.FIXED);
	}

	/**
	 * Returns this limit with another way of counting.
	 * @param counting how the window moves
	 * @return a copy
	 */
	public KvRateLimit counting(Counting counting) {
		return new KvRateLimit(this.calls, this.window, this.block, counting);
	}

	/** How a window moves. */
	public enum Counting {

		/** A window begins with the first call after the previous one ended. */
		FIXED,

		/** The calls of the last window's length count at any time. */
		SLIDING

	}

}
