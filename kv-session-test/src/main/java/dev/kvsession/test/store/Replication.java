package dev.kvsession.test.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.kvsession.test.kv.KvStaleness;

/** Draws when a write becomes visible in each location. */
final class Replication {

	private static final double NANOS_PER_SECOND = 1e9;

	private final RandomGenerator random;

	Replication(RandomGenerator random) {
		this.random = random;
	}

	List<Instant> visibleAt(Turn turn) {
		KvStaleness staleness = turn.settings().staleness();
		boolean atOnce = this.random.nextDouble() >= staleness.ownMisses();
		List<Instant> visibleAt = new ArrayList<>();
		for (int location = 0; location < staleness.locations(); location++) {
			Duration delay = delay(staleness);
			boolean own = location == turn.location();
			visibleAt.add((own && atOnce) ? turn.now() : turn.now().plus(delay));
		}
		return List.copyOf(visibleAt);
	}

	private Duration delay(KvStaleness staleness) {
		boolean isLong = this.random.nextDouble() < staleness.longDelays();
		double share = this.random.nextDouble();
		if (!isLong) {
			return scaled(staleness.meanDelay(), -Math.log(1 - share));
		}
		Duration range = staleness.longestDelay().minus(staleness.cacheTtl());
		return staleness.cacheTtl().plus(scaled(range, share));
	}

	private static Duration scaled(Duration duration, double factor) {
		double nanos = (duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND) * factor * NANOS_PER_SECOND;
		return Duration.ofNanos((long) nanos);
	}

}
