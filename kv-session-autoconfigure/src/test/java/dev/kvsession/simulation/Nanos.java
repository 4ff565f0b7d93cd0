package dev.kvsession.simulation;

/**
 * Units of time in nanoseconds.
 */
final class Nanos {

	static final long MILLI = 1_000_000;

	static final long SECOND = 1000 * MILLI;

	static final long MINUTE = 60 * SECOND;

	private Nanos() {
	}

}
