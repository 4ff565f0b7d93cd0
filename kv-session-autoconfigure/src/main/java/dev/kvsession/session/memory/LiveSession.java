package dev.kvsession.session.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.record.HybridClock;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.RecordMerge;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.Snapshot;

/**
 * What this instance knows of one session: the newest snapshot, its freshness, and the
 * last access here, which KV may learn later. Safe for concurrent use.
 */
public final class LiveSession {

	private final String id;

	private final Freshness freshness;

	private volatile long lastAccessedMillis;

	private volatile Snapshot snapshot;

	private volatile Snapshot shown;

	private @Nullable UnaryOperator<Snapshot> overlay;

	private volatile boolean unwritten;

	private volatile long takenOverAtMillis;

	private volatile long touchDueMillis;

	private volatile long confirmedAtMillis = Long.MIN_VALUE;

	private volatile LastRead lastRead = LastRead.ALL;

	private volatile @Nullable Stamp adoptedStamp;

	private Stamp lastStamp;

	public LiveSession(String id, Snapshot snapshot, long nowMillis) {
		this.id = id;
		this.snapshot = snapshot;
		this.shown = snapshot;
		this.takenOverAtMillis = nowMillis;
		this.freshness = new Freshness(nowMillis);
		this.touchDueMillis = Long.MAX_VALUE;
		this.lastStamp = snapshot.record().rev();
		this.lastAccessedMillis = snapshot.record().lastAccessedAt().toEpochMilli();
	}

	public String id() {
		return this.id;
	}

	public Freshness freshness() {
		return this.freshness;
	}

	/** Returns the newest state without pending changes: what a write starts from. */
	public Snapshot snapshot() {
		return this.snapshot;
	}

	/** Returns the state as requests see it: with the accepted pending changes. */
	public Snapshot shown() {
		return this.shown;
	}

	/**
	 * Lets requests see pending changes over whatever KV returns meanwhile; null if there
	 * are none.
	 */
	public synchronized void overlay(@Nullable UnaryOperator<Snapshot> changes) {
		this.overlay = changes;
		this.shown = (changes != null) ? changes.apply(this.snapshot) : this.snapshot;
	}

	/**
	 * Whether KV has not acknowledged any record of this session, so that asking it is
	 * useless.
	 */
	public boolean isUnwritten() {
		return this.unwritten;
	}

	public void markUnwritten() {
		this.unwritten = true;
	}

	public void markWritten() {
		this.unwritten = false;
	}

	/** Takes over a state read from KV, unless it is older: reads may be stale. */
	synchronized void offer(Snapshot read, long nowMillis) {
		if (read.record().rev().compareTo(this.snapshot.record().rev()) > 0) {
			this.snapshot = read;
			this.takenOverAtMillis = nowMillis;
			accessed(read.record().lastAccessedAt().toEpochMilli());
			overlay(this.overlay);
		}
		this.freshness.confirmed(nowMillis);
	}

	/**
	 * Merges a state read from KV with ours, written here lately, so that nothing
	 * acknowledged is forgotten.
	 */
	synchronized void merge(Snapshot read, Lifetimes lifetimes, long nowMillis) {
		SessionRecord known = this.snapshot.record();
		if (RecordMerge.lacks(read.record(), known)) {
			boolean older = read.record().rev().compareTo(known.rev()) < 0;
			this.lastRead = older ? LastRead.LESS_AND_OLDER : LastRead.LESS;
		}
		else {
			this.lastRead = LastRead.ALL;
			this.confirmedAtMillis = nowMillis;
		}
		take(read, lifetimes, nowMillis);
		this.freshness.confirmed(nowMillis);
	}

	/** Takes over an acknowledged state. What was read meanwhile stays. */
	synchronized void written(Snapshot written, Lifetimes lifetimes, long nowMillis) {
		take(written, lifetimes, nowMillis);
		this.freshness.confirmed(nowMillis);
	}

	/** Takes over a state from a handoff, which KV has not confirmed here. */
	synchronized void adopt(Snapshot adopted, Lifetimes lifetimes, long nowMillis) {
		take(adopted, lifetimes, nowMillis);
		this.freshness.known(nowMillis);
	}

	/** Takes over what another object knows of the same session. */
	synchronized void mergeFrom(LiveSession other, Lifetimes lifetimes) {
		if (other == this) {
			return;
		}
		if (join(other.snapshot, lifetimes)) {
			this.takenOverAtMillis = other.takenOverAtMillis;
		}
		accessed(other.lastAccessedMillis());
	}

	private void take(Snapshot other, Lifetimes lifetimes, long nowMillis) {
		if (join(other, lifetimes)) {
			this.takenOverAtMillis = nowMillis;
		}
	}

	private boolean join(Snapshot other, Lifetimes lifetimes) {
		Snapshot held = this.snapshot;
		boolean newer = other.record().rev().compareTo(held.record().rev()) > 0;
		// mutant: rev-guard
		if (newer && !RecordMerge.lacks(other.record(), held.record())) {
			this.snapshot = other;
		}
		else if (newer || RecordMerge.lacks(held.record(), other.record())) {
			this.snapshot = held.mergedWith(other, lifetimes);
		}
		overlay(this.overlay);
		accessed(other.record().lastAccessedAt().toEpochMilli());
		return newer;
	}

	public LastRead lastRead() {
		return this.lastRead;
	}

	/**
	 * How long ago a read last showed our write, or {@code null} if never or if the clock
	 * was set back.
	 */
	public @Nullable Duration sinceConfirmed(long nowMillis) {
		long at = this.confirmedAtMillis;
		return (at == Long.MIN_VALUE || at > nowMillis) ? null : Duration.ofMillis(nowMillis - at);
	}

	/** Notes the stamp of an adopted handoff. */
	public void adopt(Stamp rev) {
		this.adoptedStamp = rev;
	}

	/**
	 * Stamps a change or a write of this session, above all that is known of it. Two
	 * stamps given here are never equal, even above a record from a clock ahead.
	 */
	public synchronized Stamp nextStamp(HybridClock clock) {
		Stamp known = this.snapshot.newestStamp();
		this.lastStamp = clock.next((known.compareTo(this.lastStamp) > 0) ? known : this.lastStamp);
		return this.lastStamp;
	}

	/**
	 * Whether the record was written within that time, on any instance. The stamp says
	 * so, but a clock that is ahead must not make a record young for longer than it has
	 * been known here.
	 */
	public boolean isWrittenWithin(Duration age, long nowMillis) {
		return isWithin(Math.min(this.snapshot.record().rev().millis(), this.takenOverAtMillis), age, nowMillis);
	}

	private static boolean isWithin(long millis, Duration age, long nowMillis) {
		return nowMillis - age.toMillis() <= millis && millis <= nowMillis;
	}

	/**
	 * Notes a use; only a later one is written, so that uses of a busy session do not
	 * contend.
	 */
	public void accessed(long millis) {
		if (millis > this.lastAccessedMillis) {
			accessedLater(millis);
		}
	}

	private synchronized void accessedLater(long millis) {
		this.lastAccessedMillis = Math.max(this.lastAccessedMillis, millis);
	}

	public long lastAccessedMillis() {
		return this.lastAccessedMillis;
	}

	/**
	 * When the session ends, not earlier than the record says; {@code null} for never.
	 */
	public @Nullable Instant expiresAt(Lifetimes lifetimes) {
		SessionRecord record = this.shown.record();
		Instant stored = record.expiresAt();
		Instant here = lifetimes.expiresAt(record.createdAt(), Instant.ofEpochMilli(this.lastAccessedMillis),
				record.maxInactiveInterval(), Lifetimes.hasUser(record));
		return (stored == null || here == null || stored.isAfter(here)) ? stored : here;
	}

	public boolean isExpired(Lifetimes lifetimes, long nowMillis) {
		Instant stored = this.shown.record().expiresAt();
		if (stored != null && nowMillis < stored.toEpochMilli()) {
			// What is known here can only be later.
			return false;
		}
		Instant end = expiresAt(lifetimes);
		return end != null && nowMillis >= end.toEpochMilli();
	}

	/**
	 * What KV will have of the session, until its latest end if another instance uses it
	 * right now, perhaps for a login.
	 */
	public Remains remains(Lifetimes lifetimes, Instant now) {
		SessionRecord record = this.shown.record();
		return new Remains(lifetimes.expiresAt(record.createdAt(), now, record.maxInactiveInterval(), true),
				List.of(this.snapshot.record(), record));
	}

	/**
	 * Whether a handoff may carry a newer state, or one that another instance wrote at
	 * the same time.
	 */
	public boolean mayLack(Stamp rev, boolean withRecord) {
		Stamp held = this.shown.record().rev();
		boolean concurrent = withRecord && !rev.writer().equals(held.writer()) && !rev.equals(this.adoptedStamp);
		return concurrent || rev.compareTo(held) > 0;
	}

	public void touchDueAt(long millis) {
		this.touchDueMillis = millis;
	}

	public boolean isTouchDue(long nowMillis) {
		return nowMillis >= this.touchDueMillis;
	}

	/** What the last read showed of a session that was written here lately. */
	public enum LastRead {

		/** All that this instance knows. */
		ALL,

		/** Less, in an older record: a stale read, most likely. */
		LESS_AND_OLDER,

		/** Less, in a newer record: another instance wrote without knowing ours. */
		LESS

	}

}
