package dev.kvsession.client.engine.pace;

import java.time.Duration;
import java.util.Map;

import dev.kvsession.client.engine.queue.Batch;

/**
 * Notices that most unknown keys are guesses: KV does not have them. Guarded by the
 * engine's lock; times are nanoseconds.
 */
public final class Guesses {

	/** After this time an answer counts a half. */
	private static final double HALF_LIFE = Duration.ofSeconds(10).toNanos();

	/** Fewer misses are users whose sessions have ended meanwhile. */
	private static final double MANY = 50;

	/** Part of the keys that are not there in a flood; after a restart most are. */
	private static final double MOST = 0.75;

	private double asked;

	private double missed;

	private long countedAt;

	/**
	 * Counts an answer.
	 * @param found what KV had
	 */
	public void answered(Batch batch, Map<String, String> found, long now) {
		fade(now);
		this.asked += batch.strangers();
		this.missed += batch.misses(found);
	}

	public boolean areMany(long now) {
		fade(now);
		return this.missed >= MANY && this.missed >= MOST * this.asked;
	}

	private void fade(long now) {
		double kept = Math.pow(2, -(now - this.countedAt) / HALF_LIFE);
		this.asked *= kept;
		this.missed *= kept;
		this.countedAt = now;
	}

}
