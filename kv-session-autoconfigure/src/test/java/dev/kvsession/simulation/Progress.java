package dev.kvsession.simulation;

/**
 * Tells now and then how far a run is. Confined to its owner's lock.
 */
final class Progress {

	private static final long EVERY_NANOS = 10_000_000_000L;

	private final long count;

	private final long begun = System.nanoTime();

	private long told = this.begun;

	private long done;

	Progress(long count) {
		this.count = count;
	}

	void done(int failures) {
		this.done++;
		long now = System.nanoTime();
		if (now - this.told < EVERY_NANOS) {
			return;
		}
		this.told = now;
		double rate = this.done * 1e9 / (now - this.begun);
		System.out.printf("%d of %d seeds, %.0f a second, %d failed, %.0f s left%n", this.done, this.count, rate,
				failures, (this.count - this.done) / rate);
	}

}
