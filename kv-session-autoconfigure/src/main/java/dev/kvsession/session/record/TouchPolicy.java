package dev.kvsession.session.record;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.settings.SessionExpiration;

/**
 * Decides when a session in use is touched. A touch costs a KV write, so it waits; until
 * then other instances believe the session idle for up to one touch interval more than it
 * is.
 *
 * @param interval the touch interval, or {@code null} for a tenth of the session's own
 * interval but at most an hour
 * @param jitter from 0 (inclusive) to 1 (exclusive); spreads the touches of sessions that
 * were created together
 */
public record TouchPolicy(@Nullable Duration interval, DoubleSupplier jitter) {

	private static final Duration LONGEST = Duration.ofHours(1);

	/** The part of a session's own interval after which it is touched in any case. */
	private static final int DIVISOR = 10;

	/**
	 * Likewise for the timeout of sessions without a user. They are many, and each touch
	 * costs a write.
	 */
	private static final int ANONYMOUS_DIVISOR = 2;

	private static final double EARLIEST = 0.9;

	/**
	 * When a touch is due, in epoch milliseconds: up to a tenth before the touch interval
	 * is over. Use does not prolong a fixed session with a user, so it has none.
	 */
	public long dueAt(SessionRecord record, Lifetimes lifetimes) {
		Duration anonymous = lifetimes.idleTimeout(Lifetimes.hasUser(record));
		if (lifetimes.expiration() == SessionExpiration.FIXED && anonymous == null) {
			return Long.MAX_VALUE;
		}
		double part = EARLIEST + (1 - EARLIEST) * this.jitter.getAsDouble();
		Duration interval = intervalFor(record.maxInactiveInterval(), anonymous);
		return record.lastAccessedAt().toEpochMilli() + (long) (interval.toMillis() * part);
	}

	/**
	 * A session's own interval may be far shorter than the configured one; touched by the
	 * latter alone, it would end while in use.
	 */
	private Duration intervalFor(Duration maxInactiveInterval, @Nullable Duration anonymous) {
		Duration longest = (this.interval != null) ? this.interval : LONGEST;
		if (Lifetimes.endsWhenIdle(maxInactiveInterval)) {
			longest = min(longest, maxInactiveInterval.dividedBy(DIVISOR));
		}
		return (anonymous != null) ? min(longest, anonymous.dividedBy(ANONYMOUS_DIVISOR)) : longest;
	}

	private static Duration min(Duration a, Duration b) {
		return (a.compareTo(b) <= 0) ? a : b;
	}

}
