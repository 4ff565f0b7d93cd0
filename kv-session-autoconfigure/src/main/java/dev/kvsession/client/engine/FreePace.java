package dev.kvsession.client.engine;

import dev.kvsession.client.KvRateLimit;

/**
 * The pace where KV sets no bound: only as many calls under way as the transport carries.
 * Immutable.
 */
final class FreePace implements Pace {

	/**
	 * What a gateway Worker has time for: it writes six keys at once, for three seconds,
	 * and a write may take 0.3 s. Where calls are free, more of them serve better than
	 * larger ones, of which a part has to be sent again. Source: edge-worker, limits.ts.
	 */
	private static final int MOST_WRITES = 60;

	@Override
	public long earliest(KvCallClass callClass, int underWay, long now) {
		return Pace.room(callClass, underWay, now);
	}

	@Override
	public long earliestForStrangers(long now) {
		return now;
	}

	@Override
	public void sent(Batch batch, long now) {
		// Nothing is counted.
	}

	@Override
	public void answered(double found, long now) {
		// Nothing is counted.
	}

	@Override
	public void observe(KvRateLimit limit, int underWay, long now) {
		// Whoever gives no bound is taken at their word.
	}

	@Override
	public void restart(long now) {
		// There is nothing to be cautious with.
	}

	@Override
	public int left(long now) {
		return -1;
	}

	@Override
	public int mostWrites() {
		return MOST_WRITES;
	}

}
