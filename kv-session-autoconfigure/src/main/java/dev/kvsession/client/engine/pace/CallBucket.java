package dev.kvsession.client.engine.pace;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;

/**
 * Token bucket: allows a burst, then a steady rate, and in between gaps that grow as the
 * burst is used up. Guarded by the engine's lock. Times are nanoseconds.
 */
final class CallBucket {

	// mutant: burst
	private static final double BURST = 0.25;

	private static final double REFILL = 0.75;

	/**
	 * Part of a period in which the unused calls of the last one come back. A shorter
	 * time would leave less for the next burst.
	 */
	private static final double SPARE_AFTER = 1 / 3.0;

	/** Part of the burst that only logins and logouts may use; one call at least. */
	private static final double KEPT = 0.2;

	/**
	 * Intervals between calls of others while logins use up all that comes back, and
	 * between those logins: each have a half of it.
	 */
	private static final double GUARANTEED = 2;

	/** With fewer calls left than one for a login and one for others, logins give way. */
	private static final double EMPTY = 2;

	/**
	 * Part of the burst that is there before KV has said how much the token has left: an
	 * instance that was here before may have used it.
	 */
	private static final double CAUTION = 0.1;

	/** Fewer would be no burst at all. */
	private static final double SMALLEST_BURST = 2;

	/**
	 * Half of what Cloudflare takes from one address, 200 calls a second. Source:
	 * developers.cloudflare.com/fundamentals/api/reference/limits (read 2026-11).
	 */
	private static final double SHORTEST_GAP = 10_000_000;

	private final double burst;

	private final double steady;

	private final double spareAfter;

	private double interval;

	private double capacity;

	private double level;

	private long filledAt;

	private long lastCall = Long.MIN_VALUE / 2;

	private long lastLogin = Long.MIN_VALUE / 2;

	private long lastOther = Long.MIN_VALUE / 2;

	CallBucket(KvBudget budget, long now) {
		this.burst = Math.max(SMALLEST_BURST, budget.calls() * BURST);
		this.steady = budget.period().toNanos() / (budget.calls() * REFILL);
		this.spareAfter = budget.period().toNanos() * SPARE_AFTER;
		this.interval = this.steady;
		restart(now);
	}

	/** Starts with caution: nothing is known about the token's calls. */
	void restart(long now) {
		this.capacity = Math.max(SMALLEST_BURST, this.burst * CAUTION);
		this.level = this.capacity;
		this.interval = this.steady;
		this.filledAt = now;
	}

	/**
	 * Lets calls come back faster while the last period has had fewer than it may have.
	 */
	void spare(double calls, long now) {
		fill(now);
		this.interval = 1 / (1 / this.steady + Math.max(0, calls) / this.spareAfter);
	}

	/** Ends the caution of the start; {@code left} is what the token has left. */
	void trust(double left, long now) {
		if (this.capacity < this.burst) {
			fill(now);
			this.level = Math.min(left, this.level + this.burst - this.capacity);
			this.capacity = this.burst;
		}
	}

	/** Returns how long a call takes to come back, at most. */
	double interval() {
		return this.steady;
	}

	double burst() {
		return this.burst;
	}

	/** How many calls only logins may use. */
	int kept() {
		return (int) (this.burst * KEPT);
	}

	/** When the next call may leave, not before now. */
	long earliest(KvCallClass callClass, long now) {
		fill(now);
		return Math.max(Math.max(now, this.lastCall + (long) SHORTEST_GAP), due(callClass, now));
	}

	private long due(KvCallClass callClass, long now) {
		if (callClass == KvCallClass.LOGIN) {
			return Math.max(enough(0, now), this.lastLogin + (long) loginGap());
		}
		// mutant: kept
		double floor = Math.max(1, this.capacity * KEPT);
		long shaped = Math.max(enough(floor, now), this.lastCall + (long) gap(floor));
		long guaranteed = Math.max(enough(0, now), this.lastOther + (long) (GUARANTEED * this.interval));
		return Math.min(shaped, guaranteed);
	}

	private double loginGap() {
		boolean empty = this.level < Math.min(EMPTY, this.capacity * KEPT);
		return empty ? GUARANTEED * this.interval : gap(0);
	}

	private long enough(double floor, long now) {
		double missing = floor + 1 - this.level;
		return (missing > 0) ? now + (long) Math.ceil(missing * this.interval) : now;
	}

	private double gap(double floor) {
		double half = this.capacity / 2;
		if (this.level > half || this.interval <= SHORTEST_GAP) {
			return SHORTEST_GAP;
		}
		double emptiness = (half > floor) ? 1 - Math.max(0, this.level - floor) / (half - floor) : 1;
		return SHORTEST_GAP + (this.interval - SHORTEST_GAP) * emptiness;
	}

	void take(KvCallClass callClass, long now) {
		fill(now);
		this.level -= 1;
		this.lastCall = now;
		if (callClass == KvCallClass.LOGIN) {
			this.lastLogin = now;
		}
		else {
			this.lastOther = now;
		}
	}

	private void fill(long now) {
		this.level = Math.min(this.capacity, this.level + (now - this.filledAt) / this.interval);
		this.filledAt = now;
	}

}
