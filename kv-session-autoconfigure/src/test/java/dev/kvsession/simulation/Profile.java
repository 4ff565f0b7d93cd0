package dev.kvsession.simulation;

/**
 * What a seed is mostly about. Seeds take turns.
 */
enum Profile {

	/** One instance, all kinds of faults. */
	ALONE,

	/** Several instances change the same sessions. */
	CLUSTER,

	/** Sessions end and change their ids, and thieves go on using them. */
	LOGOUTS,

	/** KV is down for minutes. */
	OUTAGES,

	/** Instances lose their power or are stopped, and start again. */
	CRASHES,

	/** Few calls are granted, and strangers spend them. */
	BUDGET,

	/** One session is changed again and again. */
	HOT,

	/** People look at a page for a minute before they ask for the next one. */
	PEOPLE;

	static Profile of(long seed) {
		return values()[(int) Math.floorMod(seed, (long) values().length)];
	}

	/**
	 * Gives the seeds of this profile.
	 * @param index counts them from 0
	 * @return the seed
	 */
	long seed(long index) {
		return index * values().length + ordinal();
	}

}
