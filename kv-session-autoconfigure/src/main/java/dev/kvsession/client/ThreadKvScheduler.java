package dev.kvsession.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduler for production: one daemon thread. Tasks must be short; one that fails is
 * logged and does not stop the others. Safe for concurrent use.
 */
public final class ThreadKvScheduler implements KvScheduler, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ThreadKvScheduler.class);

	private final ScheduledThreadPoolExecutor executor;

	/** Creates a scheduler; its thread starts with the first task. */
	public ThreadKvScheduler() {
		this.executor = new ScheduledThreadPoolExecutor(1, ThreadKvScheduler::newThread);
		this.executor.setRemoveOnCancelPolicy(true);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "kv-scheduler");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Runs a task once after a delay.
	 * @throws java.util.concurrent.RejectedExecutionException if this scheduler is closed
	 */
	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		return this.executor.schedule(() -> run(task), TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A scheduled task of kv-session failed; others go on. Please report this", ex);
		}
	}

	/** Drops the queued tasks. Close what schedules them first. */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
