package dev.kvsession.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * A clock and a scheduler that stand still until they are moved. Tasks run on the thread
 * that moves the time, by due time and then in the order in which they were scheduled;
 * while one runs, the clock shows its due time. An exception of a task reaches the caller
 * that moves the time. Tasks may be scheduled from any thread.
 */
public final class VirtualTime implements InstantSource {

	/** The due time of nothing. */
	public static final long NEVER = Long.MAX_VALUE;

	/** A longer delay counts as this one, more than a hundred years. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	/** So many tasks in one move mean an endless loop. */
	private static final int MAX_TASKS = 1_000_000;

	private final PriorityQueue<Task> tasks = new PriorityQueue<>();

	private long now;

	private long scheduled;

	@Override
	public Instant instant() {
		return START.plusNanos(nanos());
	}

	/**
	 * Returns the time since the start.
	 * @return nanoseconds
	 */
	public synchronized long nanos() {
		return this.now;
	}

	/**
	 * Schedules a task.
	 * @param task what to run
	 * @param delay how long it waits; not at all if negative
	 * @return cancels the task
	 */
	public Future<?> schedule(Runnable task, Duration delay) {
		return schedule(task, (delay.compareTo(LONGEST) < 0) ? delay.toNanos() : LONGEST.toNanos());
	}

	/**
	 * Schedules a task.
	 * @param task what to run
	 * @param delay how many nanoseconds it waits; not at all if negative
	 * @return cancels the task
	 */
	public synchronized Future<?> schedule(Runnable task, long delay) {
		Task entry = new Task(task, this.now + Math.max(0, delay), this.scheduled++);
		this.tasks.add(entry);
		return entry;
	}

	/**
	 * Moves the time to the next task and runs it.
	 * @return whether there was one
	 */
	public boolean step() {
		return step(NEVER);
	}

	/**
	 * Moves the time forward and runs the tasks due on the way.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		advanceTo(nanos() + duration.toNanos());
	}

	/**
	 * Moves the time forward and runs the tasks due on the way.
	 * @param end where it stops, in nanoseconds since the start
	 */
	public void advanceTo(long end) {
		runUntil(end);
		moveTo(end);
	}

	/** Runs all tasks, and those that they schedule, however late they are due. */
	public void runUntilIdle() {
		runUntil(NEVER);
	}

	/**
	 * Returns when the next task is due.
	 * @return nanoseconds since the start, or {@link #NEVER}
	 */
	public synchronized long nextDue() {
		@Nullable Task next = peek();
		return (next != null) ? next.due : NEVER;
	}

	/**
	 * Counts the scheduled tasks.
	 * @return how many there are, without cancelled ones
	 */
	public synchronized int pending() {
		this.tasks.removeIf(Task::isDone);
		return this.tasks.size();
	}

	private void runUntil(long end) {
		for (int run = 0; step(end); run++) {
			if (run == MAX_TASKS) {
				throw new IllegalStateException("Tasks are scheduled endlessly");
			}
		}
	}

	private boolean step(long end) {
		@Nullable Task task = poll(end);
		if (task == null) {
			return false;
		}
		task.action.run();
		task.complete(null);
		return true;
	}

	private synchronized @Nullable Task poll(long end) {
		@Nullable Task task = peek();
		if (task == null || task.due > end) {
			return null;
		}
		moveTo(task.due);
		return this.tasks.poll();
	}

	private @Nullable Task peek() {
		@Nullable Task task = this.tasks.peek();
		while (task != null && task.isDone()) {
			this.tasks.remove();
			task = this.tasks.peek();
		}
		return task;
	}

	private synchronized void moveTo(long nanos) {
		this.now = Math.max(this.now, nanos);
	}

	private static final class Task extends CompletableFuture<@Nullable Void> implements Comparable<Task> {

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
