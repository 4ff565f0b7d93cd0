package dev.kvsession.session.read;

/**
 * The greatest age at which sessions were served in this minute and the last. Safe for
 * concurrent use.
 */
final class EffectiveAge {

	private static final long WINDOW_MILLIS = 60_000;

	private volatile long window;

	private volatile long highest;

	private volatile long before;

	/** Notes that a session was served beyond its time to live. */
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
	 * The greatest age in milliseconds; 0 if no session was served beyond its time to
	 * live.
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
