package dev.kvsession.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;

/**
 * Changes of a session that one write carries. Immutable but for its outcome.
 *
 * @param change the changes, joined
 * @param done the outcome, for those who wait for it
 * @param acceptedAt when somebody was first told that a change is saved, though it is not
 * in KV; nanoseconds, or {@code null} if nobody was
 * @param callClass what the write is for
 */
record PendingBatch(SessionChange change, CompletableFuture<Optional<LiveSession>> done, @Nullable Long acceptedAt,
		KvCallClass callClass) {

	static PendingBatch of(SessionChange change, KvCallClass callClass) {
		return new PendingBatch(change, new CompletableFuture<>(), null, callClass);
	}

	/**
	 * Whether somebody was told that the changes are saved, so that they must not be
	 * lost.
	 * @return whether somebody was
	 */
	boolean accepted() {
		return this.acceptedAt != null;
	}

	/**
	 * Adds a change.
	 * @param later the change
	 * @param wanted what it is for; the more urgent of both classes counts
	 * @return both, with this batch's outcome
	 */
	PendingBatch and(SessionChange later, KvCallClass wanted) {
		KvCallClass urgent = (wanted.compareTo(this.callClass) < 0) ? wanted : this.callClass;
		// mutant: coalesce
		return new PendingBatch(this.change.and(later), this.done, this.acceptedAt, urgent);
	}

	/**
	 * Notes that somebody is told that the changes are saved.
	 * @param nowNanos when
	 * @return this batch, which must not be lost from now on
	 */
	PendingBatch accept(long nowNanos) {
		return accepted() ? this : new PendingBatch(this.change, this.done, nowNanos, this.callClass);
	}

	PendingBatch as(KvCallClass wanted) {
		return new PendingBatch(this.change, this.done, this.acceptedAt, wanted);
	}

	/**
	 * Prepares a batch that failed for being written again, together with what has
	 * followed. Who still waits for this batch is told the outcome of both.
	 * @param following what waits, with an outcome of its own
	 * @return both
	 */
	PendingBatch again(PendingBatch following) {
		following.done.whenComplete((written, ex) -> Stages.complete(this.done, written, ex));
		PendingBatch both = new PendingBatch(this.change, following.done,
				earlier(this.acceptedAt, following.acceptedAt), this.callClass);
		return both.and(following.change, following.callClass);
	}

	private static @Nullable Long earlier(@Nullable Long a, @Nullable Long b) {
		return (a == null || (b != null && b - a < 0)) ? b : a;
	}

	/**
	 * Prepares a batch that failed for being written again.
	 * @return the same changes with a new outcome
	 */
	PendingBatch again() {
		return new PendingBatch(this.change, new CompletableFuture<>(), this.acceptedAt, this.callClass);
	}

}
