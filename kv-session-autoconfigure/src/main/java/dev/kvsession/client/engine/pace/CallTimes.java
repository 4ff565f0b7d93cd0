package dev.kvsession.client.engine.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.kvsession.client.engine.queue.Batch;

/**
 * How long KV takes for its calls at present. Guarded by the engine's lock. Times are
 * nanoseconds.
 */
public final class CallTimes {

	/** More answers than this within a soft time-out tell no more. */
	private static final int REMEMBERED = 16;

	private final Deque<Served> served = new ArrayDeque<>();

	public void served(Batch batch, long now) {
		this.served.addLast(new Served(now, now - batch.sentAt()));
		if (this.served.size() > REMEMBERED) {
			this.served.removeFirst();
		}
	}

	/**
	 * Whether KV has served a call in time, and not long ago.
	 * @param time how long a call may take, and how long ago that may be
	 */
	public boolean isServedWithin(Duration time, long now) {
		long nanos = time.toNanos();
		return this.served.stream().anyMatch((call) -> call.took() <= nanos && now - call.at() <= nanos);
	}

	private record Served(long at, long took) {
	}

}
