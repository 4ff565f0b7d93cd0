package dev.kvsession.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one round of load came to.
 *
 * @param rate requests a second
 * @param p50 the median latency, in milliseconds
 * @param p99 the latency that one request in a hundred exceeds, in milliseconds
 */
record Load(double rate, double p50, double p99) {

	static Load median(List<Load> rounds) {
		return new Load(median(rounds, Load::rate), median(rounds, Load::p50), median(rounds, Load::p99));
	}

	private static double median(List<Load> rounds, ToDoubleFunction<Load> number) {
		double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
