package dev.kvsession.session.record;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;

/**
 * What reads showed of a session that was written here lately, and the last handoff of
 * it. Safe for concurrent use.
 */
public final class Confirmation {

	private volatile long confirmedAtMillis = Long.MIN_VALUE;

	private volatile LastRead lastRead = LastRead.ALL;

	private volatile @Nullable Stamp handedOver;

	/** Notes a read of KV. */
	public void read(SessionRecord read, SessionRecord held, long nowMillis) {
		if (!RecordMerge.lacks(read, held)) {
			this.lastRead = LastRead.ALL;
			this.confirmedAtMillis = nowMillis;
			return;
		}
		boolean older = read.rev().compareTo(held.rev()) < 0;
		this.lastRead = older ? LastRead.LESS_AND_OLDER : LastRead.LESS;
	}

	public LastRead lastRead() {
		return this.lastRead;
	}

	/** Returns the stamp of the last adopted handoff, or {@code null}. */
	public @Nullable Stamp handedOver() {
		return this.handedOver;
	}

	public void handedOver(Stamp rev) {
		this.handedOver = rev;
	}

	/**
	 * How long ago a read last showed our write, or {@code null} if never or if the clock
	 * was set back.
	 */
	public @Nullable Duration since(long nowMillis) {
		long at = this.confirmedAtMillis;
		return (at == Long.MIN_VALUE || at > nowMillis) ? null : Duration.ofMillis(nowMillis - at);
	}

	/** What a read showed. */
	public enum LastRead {

		/** All that this instance knows. */
		ALL,

		/** Less, in an older record: a stale read, most likely. */
		LESS_AND_OLDER,

		/** Less, in a newer record: another instance wrote without knowing ours. */
		LESS

	}

}
