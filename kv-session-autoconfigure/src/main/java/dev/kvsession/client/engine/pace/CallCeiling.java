package dev.kvsession.client.engine.pace;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Allows no more calls than granted in any period, however KV counts: a call's slot
 * returns one period after its answer, when no window can still contain it. Guarded by
 * the engine's lock. Times are nanoseconds.
 */
final class CallCeiling {

	private final int calls;

	private final long period;

	private final Deque<Long> returns = new ArrayDeque<>();

	private int underWay;

	CallCeiling(int calls, long period) {
		this.calls = calls;
		this.period = period;
	}

	/** The calls that may be made now; negative if more are in flight or counted. */
	int free(long now) {
		while (!this.returns.isEmpty() && this.returns.peek() <= now) {
			this.returns.poll();
		}
		return this.calls - this.underWay - this.returns.size();
	}

	/** When so many calls may be made; MAX_VALUE if only an answer can free them. */
	long earliest(int wanted, long now) {
		int missing = wanted - free(now);
		if (missing <= 0) {
			return now;
		}
		if (missing > this.returns.size()) {
			return Long.MAX_VALUE;
		}
		return this.returns.stream().skip(missing - 1L).findFirst().orElse(Long.MAX_VALUE);
	}

	void sent() {
		this.underWay++;
	}

	void answered(long now) {
		this.underWay--;
		this.returns.add(now + this.period);
	}

}
