package dev.kvsession.client.engine.pace;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.engine.queue.Batch;

/**
 * When calls may leave. Without a budget only the number of calls under way is bounded:
 * the transport's threads must not all be taken, and waiting reads can still be joined.
 * Guarded by the engine's lock; times are nanoseconds.
 */
public class Pace {

	/**
	 * Most logins in flight, and most others. Two calls are left to the other group, so
	 * that a stream of logins does not stop all reads.
	 */
	public static final int MOST_UNDER_WAY = 6;

	private static final int MOST_OF_BOTH = 8;

	/**
	 * Two rounds of a gateway Worker, which writes six keys at once (edge-worker,
	 * limits.ts). Where calls are free, larger ones write no faster, and a login waits
	 * for its whole batch and the ones before.
	 */
	private static final int MOST_WRITES = 12;

	private int logins;

	private int others;

	/** Chooses the pace of a budget. */
	public static Pace of(KvBudget budget, long now) {
		return budget.isUnlimited() ? new Pace() : new BudgetPace(budget, now);
	}

	/** Counts the calls without answer. */
	public final int underWay() {
		return this.logins + this.others;
	}

	/** When the next call may leave; MAX_VALUE if an answer has to be awaited. */
	public long earliest(KvCallClass callClass, long now) {
		int same = (callClass == KvCallClass.LOGIN) ? this.logins : this.others;
		return (same < MOST_UNDER_WAY && underWay() < MOST_OF_BOTH) ? now : Long.MAX_VALUE;
	}

	/** When unknown keys may be read. */
	public long earliestForUnknownIds(long now) {
		return now;
	}

	public void sent(Batch batch, long now) {
		count(batch, 1);
	}

	/** Counts an answer; {@code found} is the found part of unknown keys, 0 to 1. */
	public void ended(Batch batch, double found, @Nullable KvRateLimit limit, long now) {
		count(batch, -1);
	}

	private void count(Batch batch, int calls) {
		if (batch.callClass() == KvCallClass.LOGIN) {
			this.logins += calls;
		}
		else {
			this.others += calls;
		}
	}

	/** Starts with caution after a block. */
	public void restart(long now) {
		// Nothing is counted.
	}

	/** The calls that may be made now by budget and rate limit, or -1 without a bound. */
	public int left(long now) {
		return -1;
	}

	/** The most keys that one call writes or deletes. */
	public int mostWrites() {
		return MOST_WRITES;
	}

}
