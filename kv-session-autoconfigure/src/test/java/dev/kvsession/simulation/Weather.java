package dev.kvsession.simulation;

import java.util.SplittableRandom;

/**
 * How calls fare on their way: each has a fate, and now and then KV is down for all.
 * Confined to the seed's thread.
 */
final class Weather {

	/** One bulk write in so many fails in its own ways. */
	private static final int BULK_FAULTS = 4;

	/** One read in so many gets another call's answer. */
	private static final int SHIFTS = 25;

	private final SplittableRandom random;

	private double faults;

	private Fate outage;

	private long outageBegunAt = Long.MAX_VALUE;

	private long outageEndedAt = Long.MAX_VALUE;

	Weather(SplittableRandom random, double faults) {
		this.random = random;
		this.faults = faults;
	}

	/**
	 * Decides about a call.
	 * @param write whether it writes
	 * @param bulk whether it may name several keys
	 * @return its fate
	 */
	Fate draw(boolean write, boolean bulk) {
		if (this.outage != null) {
			return this.outage;
		}
		if (write && bulk && this.faults > 0 && this.random.nextInt(BULK_FAULTS) == 0) {
			return flip() ? Fate.PARTIAL : Fate.BAD_PAIR;
		}
		if (!write && this.faults > 0 && this.random.nextInt(SHIFTS) == 0) {
			return Fate.SHIFTED;
		}
		if (this.random.nextDouble() >= this.faults) {
			return Fate.FAIR;
		}
		Fate[] fates = Fate.values();
		Fate fate = fates[1 + this.random.nextInt(fates.length - 1)];
		return fate.isFor(write) ? fate : Fate.FAIR;
	}

	long wire() {
		return (this.random.nextInt(10) == 0) ? this.random.nextLong(300 * Nanos.MILLI)
				: this.random.nextLong(15 * Nanos.MILLI);
	}

	boolean flip() {
		return this.random.nextBoolean();
	}

	/**
	 * Lets KV be down from now on.
	 */
	void storm(long now) {
		this.outageBegunAt = now;
		this.outageEndedAt = Long.MAX_VALUE;
		Fate[] kinds = { Fate.REFUSED, Fate.UNAVAILABLE, Fate.SILENCE };
		this.outage = kinds[this.random.nextInt(kinds.length)];
	}

	void calm(long now) {
		if (this.outage != null) {
			this.outage = null;
			this.outageEndedAt = now;
		}
	}

	void endAll(long now) {
		calm(now);
		this.faults = 0;
	}

	boolean isStormy() {
		return this.outage != null;
	}

	/**
	 * When something is done at the latest that needs KV and some time.
	 * @param begun when it begins
	 * @param needed how long it takes while KV is there
	 * @return its end
	 */
	long doneAt(long begun, long needed) {
		long done = begun + needed;
		boolean disturbed = this.outageBegunAt < done && this.outageEndedAt > begun;
		return disturbed ? Math.min(this.outageEndedAt, Long.MAX_VALUE / 2) + needed : done;
	}

	/**
	 * What becomes of a call.
	 */
	enum Fate {

		/** It is answered. */
		FAIR,

		/** No connection. */
		REFUSED,

		/** 503, not applied. */
		UNAVAILABLE,

		/** 500, applied or not. */
		BROKEN,

		/** The connection is reset before KV sees the call. */
		RESET,

		/** Applied, then the connection is reset. */
		LOST,

		/** Answered after seconds. */
		SLOW,

		/** Applied or not, and never answered. */
		SILENCE,

		/**
		 * Answered by what the same instance's call before it was answered. Nobody could
		 * notice at a write, whose acknowledgement names no key.
		 */
		SHIFTED,

		/** 429 for the key's sake. */
		KEY_REFUSED,

		/** Some keys of a bulk write fail. */
		PARTIAL,

		/** One pair of a bulk write fails them all. */
		BAD_PAIR;

		boolean isFor(boolean write) {
			return switch (this) {
				case KEY_REFUSED, PARTIAL, BAD_PAIR -> write;
				case SHIFTED -> !write;
				default -> true;
			};
		}

	}

}
