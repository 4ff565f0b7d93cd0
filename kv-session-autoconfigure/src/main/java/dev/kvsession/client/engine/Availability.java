package dev.kvsession.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait for KV to come back. Guarded by the engine's lock.
 */
final class Availability {

	private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

	void add(CompletableFuture<Void> future) {
		this.waiting.add(future);
	}

	/**
	 * Tells all who wait, if there is something to tell.
	 * @param gate what calls have to pass
	 * @param now nanoseconds
	 * @param effects takes what is to be done outside the lock
	 */
	void announce(Gate gate, long now, List<Runnable> effects) {
		if (this.waiting.isEmpty() || !(gate.isClosed() || gate.isOpen(now))) {
			return;
		}
		for (CompletableFuture<Void> future : this.waiting) {
			effects.add(gate.isClosed() ? () -> future.completeExceptionally(Gate.closedFailure())
					: () -> complete(future));
		}
		this.waiting.clear();
	}

	// A Void has no other value.
	@SuppressWarnings("NullAway")
	private static void complete(CompletableFuture<Void> future) {
		future.complete(null);
	}

}
