package dev.kvsession.session.settings;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.support.Stages;

/**
 * Waits for the asynchronous engine on behalf of Spring Session's blocking interface; a
 * simulation advances its clock instead.
 */
@FunctionalInterface
public interface StageWaiter {

	/** A safety net: timeouts and bounded retries end every call far earlier. */
	Duration LONGEST = Duration.ofMinutes(30);

	/**
	 * Returns a future's result, waiting if need be, or throws the exception that it
	 * failed with.
	 */
	<T> T await(CompletableFuture<T> future);

	/** Waits by blocking the calling thread. */
	static <T> T block(CompletableFuture<T> future) {
		try {
			return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for Cloudflare KV", ex);
		}
		catch (TimeoutException ex) {
			throw new KvUnknownOutcomeException("There was no outcome within " + LONGEST.toMinutes()
					+ " minutes. What was to be written may or may not be in KV", ex);
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
