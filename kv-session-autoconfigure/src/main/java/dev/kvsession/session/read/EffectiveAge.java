package dev.kvsession.session.read;

/**
 * The greatest age at which sessions were served lately. Safe for concurrent use.
 */
final class EffectiveAge {

	/**
	 * "Lately" is this minute and the last.
	 */
	private static final long WINDOW_MILLIS = 60_000;

	private volatile long window;

	private volatile long highest;

	private volatile long before;

	/**
	 * Called when a session was served beyond its time to live.
	 * @param ageMillis its age
	 * @param nowMillis the time
	 */
	void served(long ageMillis, long nowMillis) {
		if (nowMillis / WINDOW_MILLIS != this.window || ageMillis > this.highest) {
			note(ageMillis, nowMillis);
		}
	}

	private synchronized void note(long ageMillis, long nowMillis) {
		roll(nowMillis);
		this.highest = Math.max(this.highest, ageMillis);
	}

	/**
	 * Returns the greatest age.
	 * @param nowMillis the time
	 * @return milliseconds, 0 if no session was served beyond its time to live
	 */
	synchronized long highest(long nowMillis) {
		roll(nowMillis);
		return Math.max(this.highest, this.before);
	}

	private void roll(long nowMillis) {
		long current = nowMillis / WINDOW_MILLIS;
		if (current != this.window) {
			this.before = (current == this.window + 1) ? this.highest : 0;
			this.highest = 0;
			this.window = current;
		}
	}

}
