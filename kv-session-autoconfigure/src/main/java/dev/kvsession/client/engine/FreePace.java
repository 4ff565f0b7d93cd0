package dev.kvsession.client.engine;

import dev.kvsession.client.KvRateLimit;

/**
 * The pace where KV sets no bound: only as many calls under way as the transport carries.
 * Immutable.
 */
final class FreePace implements Pace {

	/**
	 * Two rounds of a gateway Worker, which writes six keys at once (edge-worker,
	 * limits.ts). Where calls are free, larger ones write no faster, and a login waits
	 * for all that travels with it or before it.
	 */
	private static final int MOST_WRITES = 12;

	@Override
	public long earliest(KvCallClass callClass, UnderWay underWay, long now) {
		return underWay.earliest(callClass, now);
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
	public void observe(KvRateLimit limit, UnderWay underWay, long now) {
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
