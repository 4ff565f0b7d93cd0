package dev.kvsession.test.kv;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long answers take, evenly spread between two bounds.
 *
 * @param shortest the shortest latency, zero or more
 * @param longest the longest latency, at least {@code shortest}
 */
public record KvLatency(Duration shortest, Duration longest) {

	public KvLatency {
		if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
			throw new IllegalArgumentException("KvLatency: 0 <= shortest <= longest must hold, got " + shortest
					+ " and " + longest + ". Swap or raise them.");
		}
	}

	/**
	 * Returns no latency at all.
	 * @return zero latency
	 */
	public static KvLatency none() {
		return new KvLatency(Duration.ZERO, Duration.ZERO);
	}

	/**
	 * Returns a latency spread evenly between two bounds.
	 * @param shortest the shortest latency, zero or more
	 * @param longest the longest latency, at least {@code shortest}
	 * @return the latency
	 * @throws IllegalArgumentException if the bounds are negative or swapped
	 */
	public static KvLatency between(Duration shortest, Duration longest) {
		return new KvLatency(shortest, longest);
	}

	public Duration sample(RandomGenerator random) {
		double share = random.nextDouble();
		return this.shortest.plusNanos((long) (share * this.longest.minus(this.shortest).toNanos()));
	}

}
