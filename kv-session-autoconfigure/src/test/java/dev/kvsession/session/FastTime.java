package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.ThreadKvScheduler;

/**
 * A clock and a scheduler that run fifty times as fast as the machine's, so that real
 * threads meet within seconds what takes minutes otherwise. Safe for concurrent use.
 */
public final class FastTime implements KvScheduler, InstantSource, AutoCloseable {

	private static final int SPEED = 50;

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final long startNanos = System.nanoTime();

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	public long nanoTime() {
		return (System.nanoTime() - this.startNanos) * SPEED;
	}

	@Override
	public Instant instant() {
		return START.plusNanos(nanoTime());
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		return this.scheduler.schedule(() -> run(task), delay.dividedBy(SPEED));
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			this.failures.add(ex);
			throw ex;
		}
	}

	/**
	 * Returns what scheduled tasks have failed with.
	 * @return the failures
	 */
	public List<Throwable> failures() {
		return this.failures;
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

}
