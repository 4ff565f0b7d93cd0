package dev.kvsession.client.engine.pace;

/**
 * Bounds the part of the calls that guesses of session ids may cost, counted by absent
 * keys. Keys that are found cost nothing. Guarded by the engine's lock. Times are
 * nanoseconds.
 */
final class MissBudget {

	// mutant: miss-budget
	private static final double PART = 0.2;

	private final double capacity;

	private final double interval;

	private double level;

	private long filledAt;

	MissBudget(double burst, double interval, long now) {
		this.capacity = Math.max(1, burst * PART);
		this.interval = interval / PART;
		this.level = this.capacity;
		this.filledAt = now;
	}

	/** When unknown keys may be read. */
	long earliest(long now) {
		fill(now);
		return (this.level > 0) ? now : now + (long) Math.ceil(1 - this.level * this.interval);
	}

	/** Reserves a call, as if none of its keys were found. */
	void sent(long now) {
		fill(now);
		this.level -= 1;
	}

	/** Returns the found part of the call's keys, 0 to 1, to the budget. */
	void answered(double found) {
		this.level = Math.min(this.capacity, this.level + found);
	}

	private void fill(long now) {
		this.level = Math.min(this.capacity, this.level + (now - this.filledAt) / this.interval);
		this.filledAt = now;
	}

}
