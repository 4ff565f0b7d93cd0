package dev.kvsession.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * Repeats a write that KV refused because the same key was written within the second, by
 * another instance or by a try whose answer was lost. Says nothing about the token's
 * calls, which are not to be repeated. Safe for concurrent use.
 */
final class KeyConflicts {

	/**
	 * Enough for a few instances that write in turns; more is a hot key that KV cannot
	 * carry.
	 */
	private static final int RETRIES = 3;

	private final KvScheduler scheduler;

	KeyConflicts(KvScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Runs a write, and again a second later while KV refuses it for its key's sake.
	 * @param <T> the write's result
	 * @param write starts the write
	 * @return the outcome of the last try
	 */
	<T> CompletionStage<T> resolve(Supplier<CompletionStage<T>> write) {
		CompletableFuture<T> outcome = new CompletableFuture<>();
		attempt(write, RETRIES, outcome);
		return outcome;
	}

	private <T> void attempt(Supplier<CompletionStage<T>> write, int retries, CompletableFuture<T> outcome) {
		Stages.start(write).whenComplete((result, ex) -> {
			if (ex == null) {
				outcome.complete(result);
			}
			else if (retries == 0 || !isConflict(Stages.unwrap(ex)) || !attemptLater(write, retries - 1, outcome)) {
				outcome.completeExceptionally(Stages.unwrap(ex));
			}
		});
	}

	private <T> boolean attemptLater(Supplier<CompletionStage<T>> write, int retries, CompletableFuture<T> outcome) {
		try {
			this.scheduler.schedule(() -> attempt(write, retries, outcome), WriteLanes.SPACING);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/*
	 * If the answer to a write was lost, the client repeats it within the second, and is
	 * refused because of the very write that it does not know to have happened.
	 */
	private static boolean isConflict(Throwable failure) {
		return failure instanceof KvKeyRateLimitException || (failure instanceof KvUnknownOutcomeException
				&& failure.getCause() instanceof KvKeyRateLimitException);
	}

}
