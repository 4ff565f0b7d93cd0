package dev.kvsession.client;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Sends the parts of a large call one after the other: memory holds one body at a time,
 * and one large call cannot fill the transport's queue. A part that fails does not keep
 * the next from being sent, unless the token has no calls left; the whole fails with the
 * first failure once all that was sent is answered.
 *
 * @param <C> a part
 * @param <R> a part's result
 */
final class ChunkSequence<C, R> {

	private final Iterator<C> chunks;

	private final Function<C, CompletionStage<R>> sender;

	private final Consumer<R> collector;

	private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

	private volatile @Nullable Throwable failure;

	ChunkSequence(Iterator<C> chunks, Function<C, CompletionStage<R>> sender, Consumer<R> collector) {
		this.chunks = chunks;
		this.sender = sender;
		this.collector = collector;
	}

	CompletionStage<@Nullable Void> run() {
		next();
		return this.done;
	}

	private void next() {
		Throwable failure = this.failure;
		if (this.chunks.hasNext() && !(failure instanceof KvRateLimitException)) {
			this.sender.apply(this.chunks.next()).whenComplete(this::answered);
		}
		else if (failure != null) {
			this.done.completeExceptionally(failure);
		}
		else {
			this.done.complete(null);
		}
	}

	private void answered(R result, @Nullable Throwable failure) {
		if (failure == null) {
			this.collector.accept(result);
		}
		else {
			Throwable unwrapped = Stages.unwrap(failure);
			if (this.failure == null || unwrapped instanceof KvRateLimitException) {
				this.failure = unwrapped;
			}
		}
		next();
	}

}
