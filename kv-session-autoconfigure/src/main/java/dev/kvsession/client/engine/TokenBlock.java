package dev.kvsession.client.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvRateLimitException;

/**
 * The time for which KV wants nothing from the token. Guarded by the engine's lock.
 */
final class TokenBlock {

	private static final Logger logger = LoggerFactory.getLogger(TokenBlock.class);

	private static final long NONE = Long.MIN_VALUE;

	private long until = NONE;

	/**
	 * Begins or prolongs a block.
	 * @param failure what KV answered
	 * @param now nanoseconds
	 */
	void begin(KvRateLimitException failure, long now) {
		if (this.until == NONE) {
			logger.warn(
					"KV has blocked the API token for {} s: its calls are used up. Nothing is sent until then. See "
							+ "what else uses the token, and divide cloudflare.kv.budget.calls among the instances",
					failure.retryAfter().toSeconds());
		}
		this.until = Math.max(this.until, now + failure.retryAfter().toNanos());
	}

	/**
	 * Ends a block whose time has come.
	 * @param now nanoseconds
	 * @return whether one has ended
	 */
	boolean end(long now) {
		if (this.until == NONE || now < this.until) {
			return false;
		}
		this.until = NONE;
		return true;
	}

	/**
	 * Tells when the block ends.
	 * @return nanoseconds, or the greatest value if there is none
	 */
	long endsAt() {
		return (this.until != NONE) ? this.until : Long.MAX_VALUE;
	}

	/**
	 * Tells how long the block lasts.
	 * @param now nanoseconds
	 * @return the time left, or {@code null} if there is none
	 */
	@Nullable Duration remaining(long now) {
		return (this.until != NONE && now < this.until) ? Duration.ofNanos(this.until - now) : null;
	}

	@Nullable KvRateLimitException refusal(long now) {
		Duration remaining = remaining(now);
		return (remaining != null) ? new KvRateLimitException(
				"KV has blocked the API token for another " + (remaining.toSeconds() + 1)
						+ " s: its calls are used up. Nothing is sent until then; see what else " + "uses the token",
				remaining, null) : null;
	}

}
