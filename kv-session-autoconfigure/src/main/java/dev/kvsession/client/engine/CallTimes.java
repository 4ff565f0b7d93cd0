package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How long KV takes for its calls at present. Guarded by the engine's lock; times are
 * nanoseconds.
 */
final class CallTimes {

	/**
	 * More answers than this within a soft time-out tell no more.
	 */
	private static final int REMEMBERED = 16;

	private final Map<Batch, Long> sentAt = new IdentityHashMap<>();

	private final Deque<Answered> answered = new ArrayDeque<>();

	void sent(Batch batch, long now) {
		this.sentAt.put(batch, now);
	}

	/**
	 * Notes that a call has ended.
	 * @param batch the call
	 * @param served whether KV has done what was asked
	 * @param now the time
	 * @return how long it took
	 */
	long ended(Batch batch, boolean served, long now) {
		Long sent = this.sentAt.remove(batch);
		long took = (sent != null) ? now - sent : 0;
		if (served) {
			this.answered.addLast(new Answered(now, took));
			if (this.answered.size() > REMEMBERED) {
				this.answered.removeFirst();
			}
		}
		return took;
	}

	/**
	 * Whether KV has served a call in time, and not long ago.
	 * @param time how long a call may take, and how long ago that may be
	 * @param now the time
	 * @return whether it has
	 */
	boolean isServedWithin(Duration time, long now) {
		long nanos = time.toNanos();
		return this.answered.stream().anyMatch((answer) -> answer.took() <= nanos && now - answer.at() <= nanos);
	}

	/**
	 * One call that KV has served.
	 *
	 * @param at when
	 * @param took how long it took
	 */
	private record Answered(long at, long took) {
	}

}
