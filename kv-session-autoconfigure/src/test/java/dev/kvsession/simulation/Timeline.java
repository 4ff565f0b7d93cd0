package dev.kvsession.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The virtual time of one seed, in nanoseconds since its start, and what is to happen in
 * it. Confined to the seed's thread.
 */
final class Timeline implements InstantSource {

	static final long MILLI = 1_000_000;

	static final long SECOND = 1000 * MILLI;

	static final long MINUTE = 60 * SECOND;

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	/** Of a seed that runs wild. */
	private static final int MAX_TASKS = 1_000_000;

	private final PriorityQueue<Task> tasks = new PriorityQueue<>();

	private long now;

	private long scheduled;

	private int run;

	long nanos() {
		return this.now;
	}

	@Override
	public Instant instant() {
		return START.plusNanos(this.now);
	}

	Future<?> schedule(Runnable action, Duration delay) {
		return schedule(action, delay.toNanos());
	}

	Future<?> schedule(Runnable action, long delay) {
		Task task = new Task(action, this.now + Math.max(0, delay), this.scheduled++);
		this.tasks.add(task);
		return task;
	}

	/**
	 * Runs what happens next.
	 * @return whether there was anything
	 */
	boolean step() {
		Task task = next();
		if (task == null) {
			return false;
		}
		if (++this.run > MAX_TASKS) {
			throw new BrokenPromise("Tasks are scheduled without an end");
		}
		this.tasks.remove();
		this.now = Math.max(this.now, task.due);
		task.action.run();
		task.complete(null);
		return true;
	}

	/**
	 * Runs all that happens until a time.
	 * @param end the time
	 */
	void runUntil(long end) {
		for (Task task = next(); task != null && task.due <= end; task = next()) {
			step();
		}
		this.now = Math.max(this.now, end);
	}

	/**
	 * Counts what is still to happen.
	 * @return the number of tasks that were not cancelled
	 */
	long pending() {
		return this.tasks.stream().filter((task) -> !task.isDone()).count();
	}

	private Task next() {
		Task task = this.tasks.peek();
		while (task != null && task.isDone()) {
			this.tasks.remove();
			task = this.tasks.peek();
		}
		return task;
	}

	private static final class Task extends CompletableFuture<Void> implements Comparable<Task> {

		private final Runnable action;

		private final long due;

		private final long number;

		Task(Runnable action, long due, long number) {
			this.action = action;
			this.due = due;
			this.number = number;
		}

		@Override
		public int compareTo(Task other) {
			int order = Long.compare(this.due, other.due);
			return (order != 0) ? order : Long.compare(this.number, other.number);
		}

	}

}
