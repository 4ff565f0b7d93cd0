package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What this instance knows of one session: the newest snapshot, when it was read or
 * written, and the last access here, which KV may learn later. Safe for concurrent use.
 */
final class LiveSession {

	private final String id;

	private final Freshness freshness;

	private volatile long lastAccessedMillis;

	private volatile Snapshot snapshot;

	private volatile long takenOverAtMillis;

	private volatile long touchDueMillis;

	LiveSession(String id, Snapshot snapshot, long nowMillis) {
		this.id = id;
		this.snapshot = snapshot;
		this.takenOverAtMillis = nowMillis;
		this.freshness = new Freshness(nowMillis);
		this.touchDueMillis = Long.MAX_VALUE;
		this.lastAccessedMillis = snapshot.record().lastAccessedAt().toEpochMilli();
	}

	String id() {
		return this.id;
	}

	Freshness freshness() {
		return this.freshness;
	}

	Snapshot snapshot() {
		return this.snapshot;
	}

	/**
	 * Takes over a state read from KV, unless it is older than the one held: reads may be
	 * stale, own writes are not.
	 * @param read what KV returned
	 * @param nowMillis when it was returned
	 */
	synchronized void offer(Snapshot read, long nowMillis) {
		if (read.record().rev().compareTo(this.snapshot.record().rev()) > 0) {
			this.snapshot = read;
			this.takenOverAtMillis = nowMillis;
			accessed(read.record().lastAccessedAt().toEpochMilli());
		}
		this.freshness.known(nowMillis);
	}

	/**
	 * Asks for a read before the next use: what KV holds is not known.
	 */
	void doubt() {
		this.freshness.doubt();
	}

	/**
	 * Whether what is held was read or written lately. What seems to come from the
	 * future, after a clock was set back, is of unknown age.
	 * @param age how long ago it may have been
	 * @param nowMillis the time
	 * @return whether it is not older than that
	 */
	boolean isKnownWithin(Duration age, long nowMillis) {
		long known = this.freshness.age(nowMillis);
		return !this.freshness.isDoubted() && 0 <= known && known <= age.toMillis();
	}

	/**
	 * Whether the record was written lately, by whichever instance. Its stamp says so,
	 * but a clock that is ahead must not make a record young for longer than it has been
	 * known here.
	 * @param age how long ago it may have been
	 * @param nowMillis the time
	 * @return whether it is not older than that
	 */
	boolean isWrittenWithin(Duration age, long nowMillis) {
		return isWithin(Math.min(this.snapshot.record().rev().millis(), this.takenOverAtMillis), age, nowMillis);
	}

	private static boolean isWithin(long millis, Duration age, long nowMillis) {
		return nowMillis - age.toMillis() <= millis && millis <= nowMillis;
	}

	/**
	 * Notes a use; only a later one is written, so that most uses of a busy session do
	 * not contend.
	 * @param millis when it was used
	 */
	void accessed(long millis) {
		if (millis > this.lastAccessedMillis) {
			accessedLater(millis);
		}
	}

	private synchronized void accessedLater(long millis) {
		this.lastAccessedMillis = Math.max(this.lastAccessedMillis, millis);
	}

	long lastAccessedMillis() {
		return this.lastAccessedMillis;
	}

	void touchDueAt(long millis) {
		this.touchDueMillis = millis;
	}

	boolean isTouchDue(long nowMillis) {
		return nowMillis >= this.touchDueMillis;
	}

	/**
	 * When the session ends at the latest, if another instance is using it right now.
	 * @param lifetimes the rules
	 * @param now the time
	 * @return the end, or {@code null} for never
	 */
	@Nullable Instant latestEnd(Lifetimes lifetimes, Instant now) {
		return lifetimes.expiresAt(this.snapshot.record().createdAt(), now,
				this.snapshot.record().maxInactiveInterval());
	}

	/**
	 * When the session ends by what this instance knows.
	 * @param lifetimes the rules
	 * @return the end, or {@code null} for never; not earlier than the record says
	 */
	@Nullable Instant expiresAt(Lifetimes lifetimes) {
		Instant stored = this.snapshot.record().expiresAt();
		Instant here = lifetimes.expiresAt(this.snapshot.record().createdAt(),
				Instant.ofEpochMilli(lastAccessedMillis()), this.snapshot.record().maxInactiveInterval());
		return (stored == null || here == null || stored.isAfter(here)) ? stored : here;
	}

}
