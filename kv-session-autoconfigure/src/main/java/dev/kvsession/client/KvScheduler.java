package dev.kvsession.client;

import java.time.Duration;
import java.util.concurrent.Future;

/**
 * Runs tasks later: the one source of delay in the engine, so that a test can drive it
 * without waiting. Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface KvScheduler {

	/**
	 * Runs a task once after a delay.
	 * @param task what to run; must be short and must not block
	 * @param delay how long to wait; zero or negative means as soon as possible
	 * @return a handle whose {@link Future#cancel(boolean)} withdraws a task that has not
	 * begun
	 */
	Future<?> schedule(Runnable task, Duration delay);

}
