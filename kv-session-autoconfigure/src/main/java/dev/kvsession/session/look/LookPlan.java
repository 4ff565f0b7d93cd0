package dev.kvsession.session.look;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.record.Lifetimes;

/**
 * When one session is looked at again after its latest write here. Guarded by
 * {@link SecondLooks}.
 * <p>
 * No reader is taken to lag more than {@link Lifetimes#LONGEST_READER_LAG} (two minutes).
 * So a gone marker that was there before the write is seen two minutes after it. An
 * update elsewhere that did not know the write is made until two minutes and five seconds
 * after it (on a stale read, kept for a moment), and seen another two minutes later. A
 * look must follow each such moment by two minutes and soon, so looks are a minute apart.
 */
final class LookPlan {

	/** After a write that nobody can have overlooked. */
	static final Duration ONCE = Duration.ofSeconds(60);

	/**
	 * After a write over another record: twice the reader lag, and the time for which a
	 * read state counts as recent.
	 */
	static final Duration UNTIL_SURE = Lifetimes.LONGEST_READER_LAG.multipliedBy(2).plusSeconds(5);

	/**
	 * After a touch: once, when every reader sees a gone marker that was there before.
	 */
	static final Duration TOUCHED = Lifetimes.LONGEST_READER_LAG;

	private static final Duration EARLIEST = Duration.ofSeconds(60);

	/**
	 * A look may wait ten seconds for others to share its call, so the first is over
	 * after two minutes.
	 */
	private static final Duration SPREAD = Duration.ofSeconds(50);

	/**
	 * A little longer than KV caches a read (60 s, developers.cloudflare.com/kv, "How KV
	 * works", read 2026-11), or a look would get the answer of the one before.
	 */
	private static final Duration GAP = Duration.ofSeconds(61);

	private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

	private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);

	private long writtenNanos;

	/** When a look must have begun to be the last. */
	private @Nullable Long lastNanos;

	private boolean ofTouch = true;

	/** Whether KV may have taken the latest write's record without its entries. */
	private boolean half;

	/** The index entries that were deleted since the latest write. */
	private List<String> deleted = List.of();

	private Duration retry = FIRST_RETRY;

	private boolean sureOfMarker;

	/**
	 * When the markers were last read, or else the first write over a record; or {@code
	 * null}.
	 */
	private @Nullable Long markerReadNanos;

	static Duration first(double jitter) {
		return EARLIEST.plusMillis((long) (SPREAD.toMillis() * jitter));
	}

	void written(long nowNanos, Duration until) {
		this.writtenNanos = nowNanos;
		if (!until.equals(ONCE) && (this.markerReadNanos == null || this.sureOfMarker)) {
			this.markerReadNanos = nowNanos;
		}
		this.sureOfMarker = false;
		this.ofTouch &= until.equals(TOUCHED);
		long last = nowNanos + until.toNanos();
		this.lastNanos = (this.lastNanos == null || last - this.lastNanos > 0) ? Long.valueOf(last) : this.lastNanos;
	}

	/** Notes whether KV may have taken only a part of the latest write. */
	void half(boolean mayBe) {
		this.half = mayBe;
		this.deleted = List.of();
	}

	boolean isHalf() {
		return this.half;
	}

	/** Notes index entries that another instance may have written just before. */
	void deleted(List<String> entries) {
		this.deleted = entries;
	}

	/** Whether a record with these entries may lack some in KV. */
	boolean mayLack(List<String> entries) {
		return this.half || !Collections.disjoint(this.deleted, entries);
	}

	/** Whether all writes were touches. */
	boolean isOfTouch() {
		return this.ofTouch;
	}

	/** Whether a look would be too early to see all that it is for. */
	boolean isEarly(long nowNanos) {
		return this.ofTouch && mayBeUnseen(nowNanos);
	}

	Duration untilDue(long nowNanos) {
		return TOUCHED.minusNanos(nowNanos - this.writtenNanos);
	}

	/**
	 * Notes an answered look, asked at that time or later. Returns the delay of the next,
	 * or {@code null} after the last. Where looks wait long for a call, fewer are made.
	 */
	@Nullable Duration looked(long askedNanos, long nowNanos) {
		this.retry = FIRST_RETRY;
		markerRead(askedNanos);
		Duration age = Duration.ofNanos(askedNanos - this.writtenNanos);
		if (this.lastNanos == null || askedNanos - this.lastNanos >= 0) {
			return null;
		}
		boolean markerSeen = age.compareTo(Lifetimes.LONGEST_READER_LAG) >= 0;
		this.sureOfMarker |= markerSeen;
		Duration floor = (age.compareTo(EARLIEST) < 0) ? EARLIEST : Lifetimes.LONGEST_READER_LAG;
		Duration next = age.plus(GAP);
		next = (next.compareTo(floor) > 0) ? next : floor;
		return next.minusNanos(nowNanos - this.writtenNanos);
	}

	/** Whether the gone marker was looked for so late that no later look needs to. */
	boolean isSureOfMarker() {
		return this.sureOfMarker;
	}

	/**
	 * Whether the markers are to be read before the next write: ours may have brought
	 * back an ended session, and KV may show more than at the last read (it caches a read
	 * for a minute).
	 */
	boolean isMarkerDue(long nowNanos) {
		return !this.sureOfMarker && this.markerReadNanos != null
				&& nowNanos - this.markerReadNanos >= EARLIEST.toNanos();
	}

	void markerRead(long askedNanos) {
		this.markerReadNanos = (this.markerReadNanos != null) ? Long.valueOf(askedNanos) : null;
	}

	/**
	 * Whether another read has just shown all that was written, so that no look is
	 * needed.
	 */
	boolean isSuperfluous(@Nullable Duration sinceConfirmed) {
		return this.sureOfMarker && !this.half && this.deleted.isEmpty() && sinceConfirmed != null
				&& sinceConfirmed.compareTo(GAP) < 0;
	}

	/** Whether a reader may not have seen the latest write yet. */
	boolean mayBeUnseen(long nowNanos) {
		return nowNanos - this.writtenNanos < Lifetimes.LONGEST_READER_LAG.toNanos();
	}

	/** Whether a look that cannot be made is given up: no marker lives as long. */
	boolean isOver(long nowNanos) {
		return nowNanos - this.writtenNanos > GoneMarker.LONGEST.toNanos();
	}

	/** How long to wait after a look that failed; twice as long each time. */
	Duration retryAfter() {
		Duration delay = this.retry;
		Duration longer = delay.multipliedBy(2);
		this.retry = (longer.compareTo(LONGEST_RETRY) < 0) ? longer : LONGEST_RETRY;
		return delay;
	}

}
