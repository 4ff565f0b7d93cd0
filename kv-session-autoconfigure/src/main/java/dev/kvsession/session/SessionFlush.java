package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;

import dev.kvsession.client.KvScheduler;

/**
 * Waits until nothing waits for KV any more, for a bounded time. Confined to one flush.
 */
final class SessionFlush {

	/**
	 * How often to look: often enough not to prolong a shutdown noticeably.
	 */
	private static final Duration STEP = Duration.ofMillis(50);

	private final CompletableFuture<Integer> left = new CompletableFuture<>();

	private final IntSupplier pending;

	private final KvScheduler scheduler;

	/**
	 * Creates a flush.
	 * @param pending how much waits
	 * @param scheduler what runs later
	 */
	SessionFlush(IntSupplier pending, KvScheduler scheduler) {
		this.pending = pending;
		this.scheduler = scheduler;
	}

	/**
	 * Waits.
	 * @param longest for how long
	 * @return how much still waits afterwards
	 */
	CompletableFuture<Integer> flush(Duration longest) {
		look(longest);
		return this.left;
	}

	private void look(Duration remaining) {
		// mutant: flush
		int waiting = this.pending.getAsInt();
		if (waiting == 0 || remaining.isNegative() || remaining.isZero()) {
			this.left.complete(waiting);
			return;
		}
		try {
			this.scheduler.schedule(() -> look(remaining.minus(STEP)), STEP);
		}
		catch (RejectedExecutionException ex) {
			this.left.complete(waiting);
		}
	}

}
