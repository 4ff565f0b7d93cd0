package dev.kvsession.client.engine;

import dev.kvsession.client.KvRateLimit;

/**
 * When calls may leave. Guarded by the engine's lock; times are nanoseconds.
 */
interface Pace {

	/**
	 * Tells when the next call may leave.
	 * @param callClass what for
	 * @param underWay calls without answer
	 * @param now the time
	 * @return the time, not before now; the greatest value if an answer has to be waited
	 * for
	 */
	long earliest(KvCallClass callClass, UnderWay underWay, long now);

	/**
	 * Tells when keys may be read that may be guesses.
	 * @param now the time
	 * @return the time
	 */
	long earliestForStrangers(long now);

	void sent(Batch batch, long now);

	/**
	 * Counts an answer.
	 * @param found which part of what might be guesses was found, 0 to 1
	 * @param now the time
	 */
	void answered(double found, long now);

	/**
	 * Takes over what an answer said of the token's calls.
	 * @param limit what it said
	 * @param underWay calls without answer
	 * @param now the time
	 */
	void observe(KvRateLimit limit, UnderWay underWay, long now);

	/**
	 * Starts with caution after a block.
	 * @param now the time
	 */
	void restart(long now);

	/**
	 * Counts the calls that may be made now, for the budget's and for the token's sake.
	 * @param now the time
	 * @return how many, or -1 if there is no bound
	 */
	int left(long now);

	/**
	 * Tells how many keys one call writes or deletes at most.
	 * @return how many
	 */
	int mostWrites();

	/**
	 * Chooses the pace of a budget.
	 * @param budget the budget
	 * @param now the time
	 * @return the pace
	 */
	static Pace of(KvBudget budget, long now) {
		return budget.isUnlimited() ? new FreePace() : new BudgetPace(budget, now);
	}

}
