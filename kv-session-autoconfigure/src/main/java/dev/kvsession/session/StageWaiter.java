package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvUnavailableException;

/**
 * Waits for the asynchronous engine on behalf of Spring Session's blocking interface; a
 * simulation advances its clock instead.
 */
@FunctionalInterface
interface StageWaiter {

	/**
	 * Longer than several writes of one session that all use up their time-outs and
	 * retries: a safety net, so that no request waits for ever.
	 */
	Duration LONGEST = Duration.ofMinutes(5);

	/**
	 * Returns a future's result, waiting if need be.
	 * @param <T> the result
	 * @param future the future
	 * @return the result
	 * @throws KvException or another exception that the future failed with
	 */
	<T> T await(CompletableFuture<T> future);

	/**
	 * Waits by blocking the calling thread. The engine bounds each wait by time-outs and
	 * bounded retries.
	 * @param <T> the result
	 * @param future the future
	 * @return the result
	 */
	static <T> T block(CompletableFuture<T> future) {
		try {
			return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for Cloudflare KV", ex);
		}
		catch (TimeoutException ex) {
			throw new KvUnavailableException("KV gave no outcome within " + LONGEST.toSeconds()
					+ " s, which its time-outs and retries should not allow. Please report this", ex);
		}
		catch (ExecutionException ex) {
			throw rethrowable((ex.getCause() != null) ? Stages.unwrap(ex.getCause()) : ex);
		}
	}

	private static RuntimeException rethrowable(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex);
	}

}
