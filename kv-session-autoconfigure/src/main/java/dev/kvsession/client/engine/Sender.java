package dev.kvsession.client.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvScheduler;

/**
 * Makes calls. Safe for concurrent use, as far as client and observer are.
 */
final class Sender {

	private final KvClient client;

	private final Bystanders bystanders;

	Sender(KvClient client, KvCallObserver observer, KvScheduler scheduler) {
		this.client = client;
		this.bystanders = new Bystanders(client, observer, scheduler);
	}

	/**
	 * Makes a call.
	 * @param batch what it carries
	 * @param later takes how it ended, if it has not yet when this returns
	 * @return how it ended, or {@code null} if that is told later
	 */
	@Nullable EndedCall send(Batch batch, Consumer<EndedCall> later) {
		KvCallObserver.Call call = this.bystanders.started(batch);
		CompletableFuture<EndedCall> ended = new CompletableFuture<>();
		stage(batch).whenComplete((answer, failure) -> ended.complete(ended(batch, call, answer, failure)));
		EndedCall already = ended.getNow(null);
		if (already == null) {
			ended.thenAccept(later);
		}
		return already;
	}

	private CompletionStage<BatchAnswer> stage(Batch batch) {
		try {
			return batch.send(this.client);
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private EndedCall ended(Batch batch, KvCallObserver.Call call, @Nullable BatchAnswer answer,
			@Nullable Throwable failure) {
		Throwable unwrapped = (failure != null) ? Failures.unwrap(failure) : null;
		this.bystanders.ended(call, unwrapped);
		return new EndedCall(batch, answer, unwrapped, this.bystanders.rateLimit().orElse(null));
	}

}
