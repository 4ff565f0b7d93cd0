package dev.kvsession.benchmarks.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What users met in one phase. Safe for concurrent use.
 */
final class Tally {

	private final String phase;

	private final long begin = System.nanoTime();

	private final List<Long> nanos = new ArrayList<>();

	private final List<Long> refusedAt = new ArrayList<>();

	private final List<Long> servedAt = new ArrayList<>();

	private int refused;

	private int unreachable;

	private int wrong;

	Tally(String phase) {
		this.phase = phase;
	}

	String phase() {
		return this.phase;
	}

	/**
	 * When the phase began.
	 * @return the time by {@link System#nanoTime()}
	 */
	long begin() {
		return this.begin;
	}

	synchronized void served(long took) {
		this.nanos.add(took);
		this.servedAt.add(System.nanoTime());
	}

	synchronized void refused(long took) {
		served(took);
		this.refused++;
		this.refusedAt.add(System.nanoTime());
	}

	synchronized void unreachable() {
		this.unreachable++;
	}

	synchronized void wrong() {
		this.wrong++;
	}

	synchronized int requests() {
		return this.nanos.size();
	}

	synchronized int refusals() {
		return this.refused;
	}

	synchronized int notReached() {
		return this.unreachable;
	}

	synchronized int wrongs() {
		return this.wrong;
	}

	synchronized List<Long> timesOfRefusals() {
		return List.copyOf(this.refusedAt);
	}

	synchronized List<Long> times() {
		return List.copyOf(this.servedAt);
	}

	/**
	 * How long a request took.
	 * @param share the share of requests that took no longer, 0 to 1
	 * @return seconds
	 */
	synchronized double seconds(double share) {
		long[] sorted = this.nanos.stream().mapToLong(Long::longValue).toArray();
		Arrays.sort(sorted);
		return (sorted.length > 0) ? sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e9
				: Double.NaN;
	}

}
