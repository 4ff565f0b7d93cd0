package dev.kvsession.benchmarks.users;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import dev.kvsession.benchmarks.Section;

/**
 * The requests of one kind, and how long those waited that did. Confined to whoever has
 * the turn.
 */
final class Waits {

	private static final double PERCENT = 100;

	private final Samples waits = new Samples();

	private long requests;

	private long bound;

	private long boundIfCarried;

	/**
	 * Counts a request.
	 * @param mustWait whether it had to wait by the workload's own bound
	 * @param mustWaitIfCarried the same, if each answer carried what its instance knew
	 */
	void request(boolean mustWait, boolean mustWaitIfCarried) {
		this.requests++;
		this.bound += mustWait ? 1 : 0;
		this.boundIfCarried += mustWaitIfCarried ? 1 : 0;
	}

	/**
	 * Notes how long a request has waited for KV.
	 * @param nanos the wait
	 */
	void waited(long nanos) {
		if (nanos > 0) {
			this.waits.add(nanos);
		}
	}

	/**
	 * Adds up two kinds.
	 * @param other the other kind
	 * @return both together
	 */
	Waits and(Waits other) {
		Waits both = new Waits();
		both.requests = this.requests + other.requests;
		both.bound = this.bound + other.bound;
		both.boundIfCarried = this.boundIfCarried + other.boundIfCarried;
		both.waits.addAll(this.waits);
		both.waits.addAll(other.waits);
		return both;
	}

	long requests() {
		return this.requests;
	}

	double percent() {
		return PERCENT * this.waits.size() / this.requests;
	}

	double boundPercent() {
		return PERCENT * this.bound / this.requests;
	}

	double boundIfCarriedPercent() {
		return PERCENT * this.boundIfCarried / this.requests;
	}

	double millis(double share) {
		return this.waits.at(share) / TimeUnit.MILLISECONDS.toNanos(1);
	}

	String percentiles() {
		return Section.rounded(millis(0.5)) + " / " + Section.rounded(millis(0.9)) + " / "
				+ Section.rounded(millis(0.99));
	}

	/**
	 * Numbers of which percentiles are asked.
	 */
	static final class Samples {

		private long[] values = new long[1024];

		private int size;

		private boolean sorted;

		void add(long value) {
			if (this.size == this.values.length) {
				this.values = Arrays.copyOf(this.values, 2 * this.size);
			}
			this.values[this.size++] = value;
			this.sorted = false;
		}

		private void addAll(Samples other) {
			for (int i = 0; i < other.size; i++) {
				add(other.values[i]);
			}
		}

		int size() {
			return this.size;
		}

		/**
		 * Returns a percentile.
		 * @param share which, 0 to 1
		 * @return the value; not a number if there are none
		 */
		double at(double share) {
			if (this.size == 0) {
				return Double.NaN;
			}
			if (!this.sorted) {
				Arrays.sort(this.values, 0, this.size);
				this.sorted = true;
			}
			return this.values[Math.min(this.size - 1, (int) (share * this.size))];
		}

	}

}
