package dev.kvsession.session.settings;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a repository did since it was created. Reading it costs no call. Safe for
 * concurrent use.
 */
public final class KvSessionStatistics {

	private final LongAdder[] counts = new LongAdder[KvSessionEvent.values().length];

	KvSessionStatistics() {
		for (int i = 0; i < this.counts.length; i++) {
			this.counts[i] = new LongAdder();
		}
	}

	/**
	 * Returns a count.
	 * @param event what is counted
	 * @return how often it happened, or its sum
	 */
	public long count(KvSessionEvent event) {
		return this.counts[event.ordinal()].sum();
	}

	public void add(KvSessionEvent event) {
		add(event, 1);
	}

	public void add(KvSessionEvent event, long amount) {
		this.counts[event.ordinal()].add(amount);
	}

}
