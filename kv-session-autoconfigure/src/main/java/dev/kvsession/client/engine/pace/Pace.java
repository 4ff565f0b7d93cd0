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
	 * How many logins may be under way, and how many others. It leaves two calls to the
	 * other group: otherwise a stream of logins would stop all reads where calls are
	 * free.
	 */
	public static final int MOST_UNDER_WAY = 6;

	private static final int MOST_OF_BOTH = 8;

	/**
	 * Two rounds of a gateway Worker, which writes six keys at once (edge-worker,
	 * limits.ts). Where calls are free, larger ones write no faster, and a login waits
	 * for all that travels with it or before it.
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

	/**
	 * Tells when the next call may leave.
	 * @return the time, not before now; the greatest value if an answer has to be waited
	 * for
	 */
	public long earliest(KvCallClass callClass, long now) {
		int same = (callClass == KvCallClass.LOGIN) ? this.logins : this.others;
		return (same < MOST_UNDER_WAY && underWay() < MOST_OF_BOTH) ? now : Long.MAX_VALUE;
	}

	/** Tells when keys may be read that may be guesses. */
	public long earliestForStrangers(long now) {
		return now;
	}

	public void sent(Batch batch, long now) {
		count(batch, 1);
	}

	/**
	 * Counts an answer.
	 * @param found which part of keys that may be guesses was found, 0 to 1
	 * @param limit the token's rate limit as the answer tells it, or {@code null}
	 */
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

	/**
	 * Counts the calls that may be made now, by the budget and by the token's rate limit.
	 * @return how many, or -1 if there is no bound
	 */
	public int left(long now) {
		return -1;
	}

	/** Tells how many keys one call writes or deletes at most. */
	public int mostWrites() {
		return MOST_WRITES;
	}

}
