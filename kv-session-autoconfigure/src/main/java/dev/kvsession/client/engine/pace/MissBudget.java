package dev.kvsession.client.engine.pace;

/**
 * What guesses of session ids may cost: a bounded part of the calls, counted by keys that
 * were not there. While keys are found, there is no bound. Guarded by the engine's lock.
 * Times are nanoseconds.
 */
final class MissBudget {

	// mutant: miss-budget
	private static final double PART = 0.2;

	private final double capacity;

	private final double interval;

	private double level;

	private long filledAt;

	/**
	 * Creates a budget.
	 * @param burst how many calls may be made at once
	 * @param interval how long a call takes to come back, in nanoseconds
	 */
	MissBudget(double burst, double interval, long now) {
		this.capacity = Math.max(1, burst * PART);
		this.interval = interval / PART;
		this.level = this.capacity;
		this.filledAt = now;
	}

	/** Tells when strangers' keys may be read. */
	long earliest(long now) {
		fill(now);
		return (this.level > 0) ? now : now + (long) Math.ceil(1 - this.level * this.interval);
	}

	/** Reserves a call, as if none of its keys were found. */
	void sent(long now) {
		fill(now);
		this.level -= 1;
	}

	/**
	 * Returns what was reserved and not used.
	 * @param found the part of the call's keys that were found, 0 to 1
	 */
	void answered(double found) {
		this.level = Math.min(this.capacity, this.level + found);
	}

	private void fill(long now) {
		this.level = Math.min(this.capacity, this.level + (now - this.filledAt) / this.interval);
		this.filledAt = now;
	}

}
