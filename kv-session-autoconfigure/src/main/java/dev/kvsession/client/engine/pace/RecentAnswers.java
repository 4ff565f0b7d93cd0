package dev.kvsession.client.engine.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import dev.kvsession.client.engine.queue.Batch;

/**
 * What KV's latest answers tell: how long calls take, and whether most unknown keys are
 * guesses, which KV does not have. Guarded by the engine's lock. Times are nanoseconds.
 */
public final class RecentAnswers {

	/** More answers than this within a soft time-out tell no more. */
	private static final int REMEMBERED = 16;

	/** After this time an answer counts a half. */
	private static final double HALF_LIFE = Duration.ofSeconds(10).toNanos();

	/** Fewer misses are users whose sessions have ended meanwhile. */
	private static final double MANY = 50;

	/** Part of the keys that are absent in a flood; after a restart most keys exist. */
	private static final double MOST = 0.75;

	private final Deque<Served> served = new ArrayDeque<>();

	private double asked;

	private double missed;

	private long countedAt;

	public void answered(Batch batch, Map<String, String> found, long now) {
		fade(now);
		this.asked += batch.unknownIds();
		this.missed += batch.misses(found);
		this.served.addLast(new Served(now, now - batch.sentAt()));
		if (this.served.size() > REMEMBERED) {
			this.served.removeFirst();
		}
	}

	public boolean areMostlyMisses(long now) {
		fade(now);
		return this.missed >= MANY && this.missed >= MOST * this.asked;
	}

	/**
	 * Whether a call that took no longer than this time was answered within this time.
	 */
	public boolean isServedWithin(Duration time, long now) {
		long nanos = time.toNanos();
		return this.served.stream().anyMatch((call) -> call.took() <= nanos && now - call.at() <= nanos);
	}

	private void fade(long now) {
		double kept = Math.pow(2, -(now - this.countedAt) / HALF_LIFE);
		this.asked *= kept;
		this.missed *= kept;
		this.countedAt = now;
	}

	private record Served(long at, long took) {
	}

}
