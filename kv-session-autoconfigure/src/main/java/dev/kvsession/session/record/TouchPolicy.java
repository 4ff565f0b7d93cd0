package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

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

	private static final double EARLIEST = 0.9;

	/**
	 * When a touch is due, in epoch milliseconds: up to a tenth before the touch interval
	 * is over.
	 */
	public long dueAt(Instant lastAccessedAt, Duration maxInactiveInterval) {
		double part = EARLIEST + (1 - EARLIEST) * this.jitter.getAsDouble();
		return lastAccessedAt.toEpochMilli() + (long) (intervalFor(maxInactiveInterval).toMillis() * part);
	}

	/**
	 * A session's own interval may be far shorter than the configured one; touched by the
	 * latter alone, it would end while in use.
	 */
	private Duration intervalFor(Duration maxInactiveInterval) {
		Duration longest = (this.interval != null) ? this.interval : LONGEST;
		if (!Lifetimes.endsWhenIdle(maxInactiveInterval)) {
			return longest;
		}
		Duration part = maxInactiveInterval.dividedBy(DIVISOR);
		return (part.compareTo(longest) < 0) ? part : longest;
	}

}
