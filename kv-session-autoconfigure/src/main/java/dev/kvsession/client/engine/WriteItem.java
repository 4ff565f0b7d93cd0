package dev.kvsession.client.engine;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvPair;

/**
 * One pair to be written, or one key to be deleted.
 */
final class WriteItem extends Item {

	private final String key;

	private final @Nullable KvPair pair;

	private final long bytes;

	private final Outcome future = new Outcome();

	WriteItem(KvPair pair, KvCallClass callClass, long since) {
		super(CallKind.PUT, callClass, since);
		this.key = pair.key();
		this.pair = pair;
		this.bytes = PairSize.of(pair);
	}

	WriteItem(String key, KvCallClass callClass, long since) {
		super(CallKind.DELETE, callClass, since);
		this.key = key;
		this.pair = null;
		this.bytes = 0;
	}

	String key() {
		return this.key;
	}

	@Override
	Set<String> keys() {
		return Set.of(this.key);
	}

	/**
	 * Returns the pair to be written.
	 * @return the pair
	 * @throws IllegalStateException if this is a delete
	 */
	KvPair pair() {
		if (this.pair == null) {
			throw new IllegalStateException("A delete has no pair");
		}
		return this.pair;
	}

	@Override
	long bytes() {
		return this.bytes;
	}

	CompletableFuture<Void> future() {
		return this.future;
	}

	/**
	 * Says how to withdraw it.
	 * @param withdrawal what cancelling does
	 */
	void whenCancelled(Runnable withdrawal) {
		this.future.withdrawal = withdrawal;
	}

	@Override
	boolean isWithdrawn() {
		return this.future.withdrawn;
	}

	// A Void has no other value.
	@SuppressWarnings("NullAway")
	void complete() {
		this.future.complete(null);
	}

	@Override
	void fail(Throwable failure) {
		this.future.completeExceptionally(failure);
	}

	/**
	 * Whoever cancels a write still learns when it is over: what has been sent takes
	 * effect, and a second has to pass before the next.
	 */
	private static final class Outcome extends CompletableFuture<Void> {

		private volatile boolean withdrawn;

		private volatile Runnable withdrawal = () -> {
		};

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			this.withdrawn = true;
			this.withdrawal.run();
			return isCancelled();
		}

	}

}
