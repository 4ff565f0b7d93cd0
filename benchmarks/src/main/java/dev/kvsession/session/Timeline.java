package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import dev.kvsession.client.KvScheduler;

/**
 * A clock that stands still until it is moved, and what is due at which time. Confined to
 * whoever has the turn.
 */
final class Timeline implements KvScheduler, InstantSource {

	static final long NEVER = Long.MAX_VALUE;

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(
			Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

	private long now;

	private long scheduled;

	@Override
	public Instant instant() {
		return START.plusNanos(this.now);
	}

	long nanos() {
		return this.now;
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		Task entry = new Task(task, this.now + Math.max(0, delay.toNanos()), this.scheduled++);
		this.tasks.add(entry);
		return entry;
	}

	long nextDue() {
		while (!this.tasks.isEmpty() && this.tasks.peek().isCancelled()) {
			this.tasks.poll();
		}
		return this.tasks.isEmpty() ? NEVER : this.tasks.peek().due();
	}

	void runNext() throws Exception {
		Task task = this.tasks.remove();
		moveTo(task.due());
		task.run();
		if (!task.isCancelled()) {
			task.get();
		}
	}

	void moveTo(long nanos) {
		this.now = Math.max(this.now, nanos);
	}

	private static final class Task extends FutureTask<Void> {

		private final long due;

		private final long number;

		Task(Runnable task, long due, long number) {
			super(task, null);
			this.due = due;
			this.number = number;
		}

		long due() {
			return this.due;
		}

		long number() {
			return this.number;
		}

	}

}
