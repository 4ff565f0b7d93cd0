package dev.kvsession.session.write;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionChange;

/**
 * Changes of a session that one write carries. Immutable except for its outcome.
 *
 * @param change the changes, coalesced
 * @param done the outcome
 * @param acceptedAt when the first of them was accepted, in nanoseconds, or {@code null}
 * @param callClass what the write is for
 */
record PendingBatch(SessionChange change, CompletableFuture<Optional<LiveSession>> done, @Nullable Long acceptedAt,
		KvCallClass callClass) {

	static PendingBatch of(SessionChange change, KvCallClass callClass) {
		return new PendingBatch(change, new CompletableFuture<>(), null, callClass);
	}

	/** Whether {@code save} has returned, so that the changes must not be lost. */
	boolean accepted() {
		return this.acceptedAt != null;
	}

	boolean isTouch() {
		return this.callClass == KvCallClass.TOUCH && !accepted();
	}

	PendingBatch accept(long nowNanos) {
		return accepted() ? this : new PendingBatch(this.change, this.done, nowNanos, this.callClass);
	}

	/**
	 * Coalesces a later change, in the more urgent class of both, with this batch's
	 * outcome.
	 */
	PendingBatch and(SessionChange later, KvCallClass wanted) {
		KvCallClass urgent = (wanted.compareTo(this.callClass) < 0) ? wanted : this.callClass;
		// mutant: coalesce
		return new PendingBatch(this.change.and(later), this.done, this.acceptedAt, urgent);
	}

	/**
	 * Puts a failed batch before the changes that followed. Its callers get the new
	 * outcome.
	 */
	PendingBatch again(@Nullable PendingBatch following) {
		PendingBatch next = (following != null) ? following : of(this.change, this.callClass);
		next.done.whenComplete((written, ex) -> Stages.complete(this.done, written, ex));
		PendingBatch first = new PendingBatch(this.change, next.done, earlier(this.acceptedAt, next.acceptedAt),
				this.callClass);
		return (following != null) ? first.and(following.change, following.callClass) : first;
	}

	private static @Nullable Long earlier(@Nullable Long a, @Nullable Long b) {
		return (a == null || (b != null && b - a < 0)) ? b : a;
	}

}
