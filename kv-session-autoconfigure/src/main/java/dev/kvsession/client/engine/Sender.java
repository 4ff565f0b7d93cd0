package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.queue.Batch;
import dev.kvsession.client.support.RepeatedWarning;
import dev.kvsession.client.support.Stages;

/**
 * Makes calls. An exception of the observer or the client's rate limit is logged and
 * changes nothing: the call must end in any case. Safe for concurrent use if client and
 * observer are.
 */
final class Sender {

	private static final Logger logger = LoggerFactory.getLogger(Sender.class);

	private final KvClient client;

	private final KvCallObserver observer;

	private final RepeatedWarning warning;

	Sender(KvClient client, KvCallObserver observer, KvScheduler scheduler) {
		this.warning = new RepeatedWarning(logger, scheduler::schedule, "failures of what observes calls to KV");
		this.client = client;
		this.observer = observer;
	}

	/** Makes a call. Returns its end, or {@code null} and passes it on later. */
	@Nullable Ended send(Batch batch, Consumer<Ended> later) {
		KvCallObserver.Call call = guarded(() -> this.observer.started(batch.label(), Math.max(1, batch.keys().size())),
				(failure) -> {
				});
		CompletableFuture<Ended> ended = new CompletableFuture<>();
		Stages.start(() -> batch.send(this.client))
			.whenComplete((answer, failure) -> ended.complete(ended(batch, call, answer, failure)));
		Ended already = ended.getNow(null);
		if (already == null) {
			ended.thenAccept(later);
		}
		return already;
	}

	private Ended ended(Batch batch, KvCallObserver.Call call, Batch.@Nullable Answer answer,
			@Nullable Throwable failure) {
		Throwable unwrapped = Stages.unwrapNullable(failure);
		guarded(() -> {
			call.ended(unwrapped);
			return call;
		}, call);
		Optional<KvRateLimit> limit = guarded(this.client::rateLimit, Optional.empty());
		return new Ended(batch, answer, unwrapped, limit.orElse(null));
	}

	Duration clockOffset() {
		return guarded(this.client::clockOffset, Duration.ZERO);
	}

	private <T> T guarded(Supplier<T> foreign, T otherwise) {
		try {
			return foreign.get();
		}
		catch (RuntimeException | Error ex) {
			// Its message may be about a key or a value.
			String type = ex.getClass().getName();
			this.warning.warn(type, "What observes calls to KV has thrown " + type + "; the call goes on");
			return otherwise;
		}
	}

	/** How a call ended. Immutable. */
	record Ended(Batch batch, Batch.@Nullable Answer answer, @Nullable Throwable failure, @Nullable KvRateLimit limit) {
	}

}
