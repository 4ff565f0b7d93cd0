package dev.kvsession.session.look;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.record.Lifetimes;

/**
 * When one session is looked at again after its latest write here. Guarded by
 * {@link LookPlans}.
 * <p>
 * No reader is taken to be later than {@link Lifetimes#LONGEST_READER_LAG} (two minutes).
 * So a gone marker that was there before the write is seen two minutes after it. An
 * update elsewhere that did not know the write can be made until two minutes and five
 * seconds after it (on a stale read, kept for a moment), and is seen another two minutes
 * later. Each moment up to then needs a look that follows it by at least two minutes, and
 * follows soon, therefore looks are a minute apart.
 */
final class LookPlan {

	/**
	 * After a write that nobody can have overlooked.
	 */
	static final Duration ONCE = Duration.ofSeconds(60);

	/**
	 * After a write over another record: twice a reader's delay, and the time for which a
	 * state that was read counts as recent.
	 */
	static final Duration UNTIL_SURE = Lifetimes.LONGEST_READER_LAG.multipliedBy(2).plusSeconds(5);

	/**
	 * After a write of the last access alone: once, when every reader sees a gone marker
	 * that was there before.
	 */
	static final Duration TOUCHED = Lifetimes.LONGEST_READER_LAG;

	private static final Duration EARLIEST = Duration.ofSeconds(60);

	/**
	 * With the ten seconds for which a look may wait for company, the first is over after
	 * two minutes.
	 */
	private static final Duration SPREAD = Duration.ofSeconds(50);

	/**
	 * A little longer than KV caches a read (60 s, developers.cloudflare.com/kv, "How KV
	 * works", read 2026-11), or a look would be answered with the one before.
	 */
	private static final Duration GAP = Duration.ofSeconds(61);

	private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

	private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);

	private long writtenNanos;

	/**
	 * When a look must have begun to be the last.
	 */
	private @Nullable Long lastNanos;

	private boolean ofTouch = true;

	private Duration retry = FIRST_RETRY;

	private boolean sureOfMarker;

	/**
	 * When the markers were last read, or else when the first write was made over a
	 * record; {@code null} if none was.
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

	/**
	 * Whether all writes have changed nothing but the last access.
	 * @return whether they have
	 */
	boolean isOfTouch() {
		return this.ofTouch;
	}

	/**
	 * Whether a look would be too early to see all that it is for.
	 * @param nowNanos the time
	 * @return whether it would
	 */
	boolean isEarly(long nowNanos) {
		return this.ofTouch && mayBeUnseen(nowNanos);
	}

	Duration untilDue(long nowNanos) {
		return TOUCHED.minusNanos(nowNanos - this.writtenNanos);
	}

	/**
	 * Notes a look that has been answered. Where looks wait long for a call, fewer are
	 * taken.
	 * @param askedNanos when KV was asked, or earlier
	 * @param nowNanos the time
	 * @return how long to wait for the next, or {@code null} if it was the last
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

	/**
	 * Whether the gone marker was looked for so long after the latest write that no later
	 * look needs to.
	 * @return whether it was
	 */
	boolean isSureOfMarker() {
		return this.sureOfMarker;
	}

	/**
	 * Whether an own write may have brought back a session that had ended, and its
	 * markers were not read for so long that KV may show more than it did: it caches a
	 * read for a minute.
	 * @param nowNanos the time
	 * @return whether they are to be read before the next write
	 */
	boolean isMarkerDue(long nowNanos) {
		return !this.sureOfMarker && this.markerReadNanos != null
				&& nowNanos - this.markerReadNanos >= EARLIEST.toNanos();
	}

	void markerRead(long askedNanos) {
		this.markerReadNanos = (this.markerReadNanos != null) ? Long.valueOf(askedNanos) : null;
	}

	/**
	 * Whether a look is superfluous, because another read of the record has just shown
	 * all that was written, and the gone marker was looked for late enough.
	 * @param sinceConfirmed how long ago it was read, or {@code null} if it was not
	 * @return whether it is
	 */
	boolean isSuperfluous(@Nullable Duration sinceConfirmed) {
		return this.sureOfMarker && sinceConfirmed != null && sinceConfirmed.compareTo(GAP) < 0;
	}

	/**
	 * Whether a reader may not have seen the latest write yet.
	 * @param nowNanos the time
	 * @return whether it may
	 */
	boolean mayBeUnseen(long nowNanos) {
		return nowNanos - this.writtenNanos < Lifetimes.LONGEST_READER_LAG.toNanos();
	}

	/**
	 * Whether a look that cannot be made is given up: no marker lives as long.
	 * @param nowNanos the time
	 * @return whether it is
	 */
	boolean isOver(long nowNanos) {
		return nowNanos - this.writtenNanos > GoneMarker.LONGEST.toNanos();
	}

	/**
	 * How long to wait after a look that failed.
	 * @return the wait, twice as long each time
	 */
	Duration retryAfter() {
		Duration delay = this.retry;
		Duration longer = delay.multipliedBy(2);
		this.retry = (longer.compareTo(LONGEST_RETRY) < 0) ? longer : LONGEST_RETRY;
		return delay;
	}

}
