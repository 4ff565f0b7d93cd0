package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A duration whose logarithm is normally distributed. Immutable.
 *
 * @param median the median, positive
 * @param sigma the standard deviation of the logarithm, zero or more
 */
record LogNormal(Duration median, double sigma) {

	/**
	 * How many standard deviations the 99th percentile of a normal distribution lies
	 * above its median.
	 */
	private static final double P99 = 2.3263;

	/**
	 * Makes a distribution of two of its percentiles.
	 * @param median the median, positive
	 * @param p99 the 99th percentile, not below the median
	 * @return the distribution
	 */
	static LogNormal of(Duration median, Duration p99) {
		return new LogNormal(median, Math.log((double) p99.toNanos() / median.toNanos()) / P99);
	}

	Duration next(RandomGenerator random) {
		return Duration.ofNanos((long) (this.median.toNanos() * Math.exp(this.sigma * random.nextGaussian())));
	}

}
