package dev.kvsession.session.memory;

import java.time.Duration;

/**
 * The age of a known state, its last use, and whether it is being read again. Safe for
 * concurrent use.
 */
public final class Freshness {

	/**
	 * A use in the same second writes nothing, so that threads that share a session do
	 * not contend for it.
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

	/** Called when KV has returned or acknowledged the state. */
	synchronized void confirmed(long nowMillis) {
		known(nowMillis);
		this.confirmedAtMillis = nowMillis;
	}

	/** Called when the state is known to be new, from KV or another instance. */
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
	 * Called when KV has returned nothing but may lag: the state is served, and its
	 * markers are read before it is written.
	 */
	public synchronized void unseen(long nowMillis) {
		known(nowMillis);
		this.unseen = true;
	}

	public boolean isUnseen() {
		return this.unseen;
	}

	/** Notes that a request was served the state stale while it is revalidated. */
	public synchronized void servedLate() {
		this.servedLate++;
	}

	/** How many requests have been served the state since it was too old. */
	public synchronized int countServedLate() {
		return this.servedLate;
	}

	/**
	 * Whether KV has returned or acknowledged the state within that time, and it is not
	 * doubted.
	 */
	public boolean isConfirmedWithin(long millis, long nowMillis) {
		long at = this.confirmedAtMillis;
		return !this.doubted && at != Long.MIN_VALUE && at <= nowMillis && nowMillis - at <= millis;
	}

	/** Called when KV's state is unknown. */
	public synchronized void doubt() {
		this.doubted = true;
		this.reloading = false;
		this.failed = false;
	}

	/** Called when KV could not be asked; the next attempt is due at that time. */
	public synchronized void failed(long retryAtMillis) {
		this.reloadAtMillis = retryAtMillis;
		this.reloading = false;
		this.failed = true;
	}

	/**
	 * Claims the reload that is due, for one caller only. {@code firstAtMillis} is when
	 * this state's first reload is due, if not decided yet; after {@code untilMillis} a
	 * reload is late.
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
	 * Milliseconds since the state was read or written; negative if the clock was set
	 * back, so that the age is unknown.
	 */
	public long age(long nowMillis) {
		return nowMillis - this.knownAtMillis;
	}

	/**
	 * Whether the state was read or written within that time, and is not doubted. False
	 * if the age is unknown.
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

	/** Whether the state is being read again and that was begun before it was too old. */
	public boolean isReloadedInTime() {
		return this.reloading && !this.reloadedLate;
	}

	/** Whether the time of the next reload is decided and has not come. */
	public boolean isReloadLater(long nowMillis) {
		return nowMillis < this.reloadAtMillis;
	}

	public boolean isFailed() {
		return this.failed;
	}

}
