package dev.kvsession.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Clock and scheduler that stand still until a test moves them. Tasks run on the thread
 * that moves the time, by due time and then in the order in which they were scheduled;
 * while one runs, the clock shows its due time. Tasks may be scheduled from any thread.
 */
public final class VirtualTime implements KvScheduler, InstantSource {

	/**
	 * So many tasks without an end mean that something reschedules itself for ever.
	 */
	private static final int MAX_TASKS = 100_000;

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(
			Comparator.comparing(Task::due).thenComparing(Task::number));

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private long scheduled;

	@Override
	public synchronized Instant instant() {
		return this.now;
	}

	@Override
	public synchronized Future<?> schedule(Runnable task, Duration delay) {
		Instant due = this.now.plus(delay.isNegative() ? Duration.ZERO : delay);
		Task entry = new Task(task, due, this.scheduled++);
		this.tasks.add(entry);
		return entry;
	}

	/**
	 * Moves the time on and runs what falls due on the way.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		Instant end = instant().plus(duration);
		runTasksUntil(end);
		moveTo(end);
	}

	/**
	 * Runs all tasks, and those that they schedule, however late they are due.
	 */
	public void runUntilIdle() {
		runTasksUntil(Instant.MAX);
	}

	/**
	 * Says how long the next task has to wait.
	 * @return the wait, or {@code null} if no task waits
	 */
	public synchronized Duration untilNext() {
		dropCancelled();
		return this.tasks.isEmpty() ? null : Duration.between(this.now, this.tasks.peek().due());
	}

	/**
	 * Counts tasks that wait.
	 * @return how many tasks wait, without cancelled ones
	 */
	public synchronized int pending() {
		this.tasks.removeIf(FutureTask::isCancelled);
		return this.tasks.size();
	}

	private void runTasksUntil(Instant end) {
		int count = 0;
		for (Task task = poll(end); task != null; task = poll(end)) {
			if (++count > MAX_TASKS) {
				throw new IllegalStateException("Tasks are scheduled without an end");
			}
			task.runNow();
		}
	}

	private synchronized Task poll(Instant end) {
		dropCancelled();
		if (this.tasks.isEmpty() || this.tasks.peek().due().isAfter(end)) {
			return null;
		}
		Task task = this.tasks.poll();
		moveTo(task.due());
		return task;
	}

	private void dropCancelled() {
		while (!this.tasks.isEmpty() && this.tasks.peek().isCancelled()) {
			this.tasks.poll();
		}
	}

	private synchronized void moveTo(Instant instant) {
		if (instant.isAfter(this.now)) {
			this.now = instant;
		}
	}

	private static final class Task extends FutureTask<Void> {

		private final Instant due;

		private final long number;

		Task(Runnable task, Instant due, long number) {
			super(task, null);
			this.due = due;
			this.number = number;
		}

		Instant due() {
			return this.due;
		}

		long number() {
			return this.number;
		}

		void runNow() {
			run();
			if (isCancelled()) {
				return;
			}
			try {
				get();
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("A scheduled task failed", ex.getCause());
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
