package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvScheduler;

/**
 * The engine's one timer. Guarded by the engine's lock. Times are nanoseconds.
 */
final class Wakeup {

	private static final long MILLI = 1_000_000;

	private final KvScheduler scheduler;

	private final Runnable task;

	private long at = Long.MAX_VALUE;

	private @Nullable Future<?> timer;

	Wakeup(KvScheduler scheduler, Runnable task) {
		this.scheduler = scheduler;
		this.task = task;
	}

	/** Runs the task by this time. Returns whether the scheduler still takes tasks. */
	boolean by(long nanos, long now) {
		if (nanos >= this.at) {
			return true;
		}
		cancel();
		// Whole milliseconds: a clock that knows no finer ones would come too early.
		long wait = Math.max(0, nanos - now + MILLI - 1) / MILLI;
		try {
			this.timer = this.scheduler.schedule(this.task, Duration.ofMillis(wait));
			this.at = nanos;
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/** Says that the task runs. */
	void rang() {
		this.at = Long.MAX_VALUE;
		this.timer = null;
	}

	void cancel() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		rang();
	}

}
