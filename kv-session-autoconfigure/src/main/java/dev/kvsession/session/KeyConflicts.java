package dev.kvsession.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvScheduler;

/**
 * Repeats a write that KV refused because another instance wrote the same key within the
 * second. Says nothing about the token's calls, which are not to be repeated. Safe for
 * concurrent use.
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
		write.get().whenComplete((result, ex) -> {
			if (ex == null) {
				outcome.complete(result);
			}
			else if (retries > 0 && Stages.unwrap(ex) instanceof KvKeyRateLimitException) {
				this.scheduler.schedule(() -> attempt(write, retries - 1, outcome), WriteLanes.SPACING);
			}
			else {
				outcome.completeExceptionally(Stages.unwrap(ex));
			}
		});
	}

}
