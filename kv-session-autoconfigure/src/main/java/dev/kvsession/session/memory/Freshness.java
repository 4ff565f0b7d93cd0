package dev.kvsession.session.memory;

import java.time.Duration;

/**
 * How old the held state of a session is, when the session was last asked for, and
 * whether it is being read again. Safe for concurrent use.
 */
public final class Freshness {

	/**
	 * By how much the time of the last use may lag: a use in the same second writes
	 * nothing, so that threads that share a session do not contend for it.
	 */
	private static final long USE_GRAIN_MILLIS = 1000;

	private static final long UNDECIDED = Long.MIN_VALUE;

	private volatile long knownAtMillis;

	private volatile long confirmedAtMillis = Long.MIN_VALUE;

	private volatile long usedAtMillis;

	private volatile long reloadAtMillis = UNDECIDED;

	private volatile boolean doubted;

	private volatile boolean reloading;

	private volatile boolean reloadedLate;

	private volatile boolean unseen;

	private int servedLate;

	private volatile boolean failed;

	Freshness(long nowMillis) {
		this.knownAtMillis = nowMillis;
		this.usedAtMillis = nowMillis;
	}

	/**
	 * Called when KV has returned the state or acknowledged it.
	 * @param nowMillis the time
	 */
	synchronized void confirmed(long nowMillis) {
		known(nowMillis);
		this.confirmedAtMillis = nowMillis;
	}

	/**
	 * Called when the state is known to be new, be it by another instance's word.
	 * @param nowMillis the time
	 */
	public synchronized void known(long nowMillis) {
		this.knownAtMillis = nowMillis;
		this.reloadAtMillis = UNDECIDED;
		this.doubted = false;
		this.reloading = false;
		this.reloadedLate = false;
		this.failed = false;
		this.unseen = false;
		this.servedLate = 0;
	}

	/**
	 * Called when KV has returned nothing, but need not have seen the record yet: the
	 * state is served, and its markers are read before it is written.
	 * @param nowMillis the time
	 */
	public synchronized void unseen(long nowMillis) {
		known(nowMillis);
		this.unseen = true;
	}

	public boolean isUnseen() {
		return this.unseen;
	}

	/**
	 * Notes that a request was served the state while KV is asked whether it is still
	 * true.
	 */
	public synchronized void servedLate() {
		this.servedLate++;
	}

	/**
	 * How many requests have been served the state since it was too old.
	 * @return the number
	 */
	public synchronized int countServedLate() {
		return this.servedLate;
	}

	/**
	 * Whether KV has returned or acknowledged the state lately.
	 * @param millis how long ago it may have been
	 * @param nowMillis the time
	 * @return whether it has, and nobody doubts it
	 */
	public boolean isConfirmedWithin(long millis, long nowMillis) {
		long at = this.confirmedAtMillis;
		return !this.doubted && at != Long.MIN_VALUE && at <= nowMillis && nowMillis - at <= millis;
	}

	/**
	 * Called when nobody knows what KV holds.
	 */
	public synchronized void doubt() {
		this.doubted = true;
		this.reloading = false;
		this.failed = false;
	}

	/**
	 * Called when KV could not be asked.
	 * @param retryAtMillis when the next attempt is due
	 */
	public synchronized void failed(long retryAtMillis) {
		this.reloadAtMillis = retryAtMillis;
		this.reloading = false;
		this.failed = true;
	}

	/**
	 * Lets one caller start a reload.
	 * @param nowMillis the time
	 * @param firstAtMillis when the first reload of this state is due, if that has not
	 * been decided yet
	 * @param untilMillis when the state is too old, so that a reload comes late
	 * @return whether a reload is due and the caller is the one to start it
	 */
	public synchronized boolean claimReload(long nowMillis, long firstAtMillis, long untilMillis) {
		if (this.reloadAtMillis == UNDECIDED) {
			this.reloadAtMillis = firstAtMillis;
		}
		if (this.reloading || nowMillis < this.reloadAtMillis) {
			return false;
		}
		this.reloading = true;
		this.reloadedLate = nowMillis > untilMillis;
		return true;
	}

	public void used(long nowMillis) {
		if (Math.abs(nowMillis - this.usedAtMillis) >= USE_GRAIN_MILLIS) {
			this.usedAtMillis = nowMillis;
		}
	}

	public boolean isUsedWithin(long millis, long nowMillis) {
		long idle = nowMillis - this.usedAtMillis;
		return -USE_GRAIN_MILLIS < idle && idle <= millis;
	}

	/**
	 * The age of the state.
	 * @param nowMillis the time
	 * @return milliseconds since it was read or written; negative if the clock was set
	 * back, which means that the age is not known
	 */
	public long age(long nowMillis) {
		return nowMillis - this.knownAtMillis;
	}

	/**
	 * Whether the state was read or written lately. What seems to come from the future,
	 * after a clock was set back, is of unknown age.
	 * @param age how long ago it may have been
	 * @param nowMillis the time
	 * @return whether it is not older than that, and not doubted
	 */
	public boolean isKnownWithin(Duration age, long nowMillis) {
		long known = age(nowMillis);
		return !this.doubted && 0 <= known && known <= age.toMillis();
	}

	public boolean isDoubted() {
		return this.doubted;
	}

	public boolean isReloading() {
		return this.reloading;
	}

	/**
	 * Whether the state is being read again and that was begun before it was too old.
	 * @return whether it is
	 */
	public boolean isReloadedInTime() {
		return this.reloading && !this.reloadedLate;
	}

	/**
	 * Whether the reload that is due has been decided already: only then is there
	 * anything to look up.
	 * @param nowMillis the time
	 * @return whether the decided time has not come
	 */
	public boolean isReloadLater(long nowMillis) {
		return nowMillis < this.reloadAtMillis;
	}

	public boolean isFailed() {
		return this.failed;
	}

}
