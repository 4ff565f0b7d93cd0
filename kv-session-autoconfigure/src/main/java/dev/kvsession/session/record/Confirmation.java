package dev.kvsession.session.record;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;

/**
 * What reads showed of a session that was written here lately, and what other instances
 * handed over of it. Safe for concurrent use.
 */
public final class Confirmation {

	private volatile long confirmedAtMillis = Long.MIN_VALUE;

	private volatile LastRead lastRead = LastRead.ALL;

	private volatile @Nullable Stamp handedOver;

	/**
	 * Notes a read.
	 * @param read what KV returned
	 * @param held what this instance holds
	 * @param nowMillis when it was returned
	 */
	public void read(SessionRecord read, SessionRecord held, long nowMillis) {
		if (!RecordMerge.lacks(read, held)) {
			this.lastRead = LastRead.ALL;
			this.confirmedAtMillis = nowMillis;
			return;
		}
		boolean older = read.rev().compareTo(held.rev()) < 0;
		this.lastRead = older ? LastRead.LESS_AND_OLDER : LastRead.LESS;
	}

	/**
	 * Whether the last read showed all that was held.
	 * @return what it showed
	 */
	public LastRead lastRead() {
		return this.lastRead;
	}

	/**
	 * Returns what was last handed over by another instance.
	 * @return its stamp, or {@code null} if nothing was
	 */
	public @Nullable Stamp handedOver() {
		return this.handedOver;
	}

	public void handedOver(Stamp rev) {
		this.handedOver = rev;
	}

	/**
	 * How long ago a read last showed all that is held, since it was written here.
	 * @param nowMillis the time
	 * @return how long ago, or {@code null} if never or if the clock was set back
	 */
	public @Nullable Duration since(long nowMillis) {
		long at = this.confirmedAtMillis;
		return (at == Long.MIN_VALUE || at > nowMillis) ? null : Duration.ofMillis(nowMillis - at);
	}

	/**
	 * What a read showed.
	 */
	public enum LastRead {

		/** All that is held. */
		ALL,

		/** Less than is held, in an older record: a stale read, most likely. */
		LESS_AND_OLDER,

		/** Less than is held: another instance wrote without knowing it. */
		LESS

	}

}
