package dev.kvsession.session.write;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.settings.Stages;

/**
 * Changes of a session that one write carries. Immutable but for its outcome.
 *
 * @param change the changes, joined
 * @param done the outcome, for those who wait for it
 * @param acceptedAt when the first of the changes was acknowledged before KV had it;
 * nanoseconds, or {@code null} if none was
 * @param callClass what the write is for
 */
record PendingBatch(SessionChange change, CompletableFuture<Optional<LiveSession>> done, @Nullable Long acceptedAt,
		KvCallClass callClass) {

	static PendingBatch of(SessionChange change, KvCallClass callClass) {
		return new PendingBatch(change, new CompletableFuture<>(), null, callClass);
	}

	/**
	 * Whether a caller was told that the changes are saved, so that they must not be
	 * lost.
	 * @return whether one was
	 */
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
	 * Prepares a batch for being written again, together with the changes that followed.
	 * Callers that still wait for this batch get the outcome of the new one.
	 * @param following the changes that followed, or {@code null}
	 * @return both
	 */
	PendingBatch again(@Nullable PendingBatch following) {
		PendingBatch next = (following != null) ? following : of(this.change, this.callClass);
		next.done.whenComplete((written, ex) -> Stages.complete(this.done, written, ex));
		return new PendingBatch(this.change, next.done, earlier(this.acceptedAt, next.acceptedAt), this.callClass)
			.and(next.change, next.callClass);
	}

	private static @Nullable Long earlier(@Nullable Long a, @Nullable Long b) {
		return (a == null || (b != null && b - a < 0)) ? b : a;
	}

}
