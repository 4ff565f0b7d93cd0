package dev.kvsession.client.engine.pace;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvLimits;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.engine.queue.Batch;

/**
 * The pace within a budget: a ceiling that always holds, a token bucket, and room for
 * other users of the token. Guarded by the engine's lock. Times are nanoseconds.
 */
final class BudgetPace extends Pace {

	/**
	 * Part of the calls kept back for those that do not pass the engine: looking up the
	 * account, verifying at startup. One at least, except for a budget of a single call,
	 * which is whoever's comes first; the look-up then is one too many.
	 */
	private static final int OUTSIDE_PART = 100;

	private static final int MOST_OUTSIDE = 5;

	/**
	 * Part of what the bucket keeps for logins that the ceiling keeps as well. The bucket
	 * limits the others already; much more would stall them after a flood of logins. One
	 * at least, wherever there is one for the others as well.
	 */
	private static final int CEILING_DIVISOR = 4;

	private final CallCeiling ceiling;

	private final CallBucket bucket;

	private final ForeignUse foreign;

	private final MissBudget misses;

	private final int outside;

	private final int logins;

	private final long period;

	private long cautiousUntil;

	BudgetPace(KvBudget budget, long now) {
		this.period = budget.period().toNanos();
		this.ceiling = new CallCeiling(budget.calls(), this.period);
		this.bucket = new CallBucket(budget, now);
		this.foreign = new ForeignUse(budget.calls());
		this.misses = new MissBudget(this.bucket.burst(), this.bucket.interval(), now);
		int least = (budget.calls() > 1) ? 1 : 0;
		this.outside = Math.max(least, Math.min(MOST_OUTSIDE, budget.calls() / OUTSIDE_PART));
		boolean divisible = budget.calls() - this.outside > 1;
		this.logins = divisible ? Math.max(1, this.bucket.kept() / CEILING_DIVISOR) : 0;
		this.cautiousUntil = now + this.period;
	}

	@Override
	public long earliest(KvCallClass callClass, long now) {
		// Who sends no such headers has had a whole period to complain.
		if (now >= this.cautiousUntil) {
			this.bucket.trust(this.foreign.left(), now);
			this.bucket.spare(left(now) - this.outside - this.bucket.kept(), now);
		}
		int kept = this.outside + ((callClass != KvCallClass.LOGIN) ? this.logins : 0);
		long counted = Math.max(this.ceiling.earliest(1 + kept, now), this.bucket.earliest(callClass, now));
		long shared = Math.max(this.foreign.earliest(callClass, underWay(), now), super.earliest(callClass, now));
		return Math.max(counted, shared);
	}

	@Override
	public long earliestForUnknownIds(long now) {
		return this.misses.earliest(now);
	}

	@Override
	public void sent(Batch batch, long now) {
		super.sent(batch, now);
		this.ceiling.sent();
		this.bucket.take(batch.callClass(), now);
		this.foreign.sent(batch.callClass(), now);
		if (batch.hasStrangers()) {
			this.misses.sent(now);
		}
	}

	@Override
	public void ended(Batch batch, double found, @Nullable KvRateLimit limit, long now) {
		super.ended(batch, found, limit, now);
		if (limit != null) {
			this.foreign.observe(limit, now);
			this.bucket.trust(this.foreign.left(), now);
		}
		this.ceiling.answered(now);
		this.misses.answered(found);
		this.foreign.answered(now);
	}

	@Override
	public void restart(long now) {
		this.bucket.restart(now);
		this.foreign.forget();
		this.cautiousUntil = now + this.period;
	}

	@Override
	public int left(long now) {
		return (int) Math.max(0, Math.min(this.ceiling.free(now), this.foreign.left(now)));
	}

	@Override
	public int mostWrites() {
		return KvLimits.MAX_BULK_PAIRS;
	}

}
