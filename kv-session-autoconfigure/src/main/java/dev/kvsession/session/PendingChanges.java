package dev.kvsession.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * Joins changes of a session that wait for its lane into one write. Safe for concurrent
 * use.
 */
final class PendingChanges {

	private final ConcurrentMap<String, Pending> waiting = new ConcurrentHashMap<>();

	private final WriteLanes lanes;

	private final BiFunction<LiveSession, SessionChange, CompletionStage<Optional<LiveSession>>> write;

	PendingChanges(WriteLanes lanes,
			BiFunction<LiveSession, SessionChange, CompletionStage<Optional<LiveSession>>> write) {
		this.lanes = lanes;
		this.write = write;
	}

	/**
	 * Writes a change, alone or together with others.
	 * @param live what this instance knows of the session
	 * @param change the change
	 * @return the outcome of the write that carried it
	 */
	CompletableFuture<Optional<LiveSession>> submit(LiveSession live, SessionChange change) {
		Pending pending = this.waiting.merge(live.id(), new Pending(change), Pending::join);
		if (pending.claim()) {
			this.lanes.enqueue(live.id(), () -> this.write.apply(live, take(live.id())))
				.whenComplete((result, ex) -> pending.complete(result, ex));
		}
		return pending.done;
	}

	private SessionChange take(String id) {
		Pending pending = this.waiting.remove(id);
		if (pending == null) {
			throw new IllegalStateException("A lane's turn came without a change");
		}
		return pending.change;
	}

	/**
	 * Changes that one write will carry. The map's own locking guards it.
	 */
	private static final class Pending {

		private final CompletableFuture<Optional<LiveSession>> done;

		private final SessionChange change;

		private boolean claimed;

		Pending(SessionChange change) {
			this(change, new CompletableFuture<>(), false);
		}

		private Pending(SessionChange change, CompletableFuture<Optional<LiveSession>> done, boolean claimed) {
			this.change = change;
			this.done = done;
			this.claimed = claimed;
		}

		private Pending join(Pending later) {
			return new Pending(this.change.and(later.change), this.done, true);
		}

		private boolean claim() {
			boolean first = !this.claimed;
			this.claimed = true;
			return first;
		}

		private void complete(@Nullable Optional<LiveSession> result, @Nullable Throwable ex) {
			if (ex != null) {
				this.done.completeExceptionally(Stages.unwrap(ex));
			}
			else {
				this.done.complete(result);
			}
		}

	}

}
