package dev.kvsession.benchmarks;

/**
 * How long the measurements may take.
 */
public enum Mode {

	/**
	 * All parts within about 40 minutes on two quiet cores.
	 */
	FULL,

	/**
	 * All parts within about six minutes; the numbers are rougher.
	 */
	QUICK;

	/**
	 * Chooses by mode.
	 * @param full the value for a full run
	 * @param quick the value for a quick one
	 * @return one of them
	 */
	public int of(int full, int quick) {
		return (this == FULL) ? full : quick;
	}

}
