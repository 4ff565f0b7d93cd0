package dev.kvsession.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.client.engine.KvEngine;

/**
 * Changes ids of sessions. The new id is acknowledged before the old one ends, so that a
 * crash in between leaves two ids and not none. Safe for concurrent use.
 */
final class SessionRenames {

	private final KvEngine kv;

	private final WriteLanes lanes;

	private final SessionWrites writes;

	private final PendingChanges changes;

	private final SessionEnds ends;

	private final SessionMemory memory;

	private final SessionContext context;

	private final InstantSource clock;

	private final WriteMode mode;

	private final Function<String, CompletableFuture<Void>> end;

	SessionRenames(KvEngine kv, WriteLanes lanes, SessionWrites writes, PendingChanges changes, SessionEnds ends,
			SessionMemory memory, SessionContext context, InstantSource clock, WriteMode mode,
			Function<String, CompletableFuture<Void>> end) {
		this.kv = kv;
		this.lanes = lanes;
		this.writes = writes;
		this.changes = changes;
		this.ends = ends;
		this.memory = memory;
		this.context = context;
		this.clock = clock;
		this.mode = mode;
		this.end = end;
	}

	/**
	 * Gives a session another id. What is being written under the old one is waited for;
	 * the second after it is not, for the new id is another key.
	 * @param old the session under its old id
	 * @param id the new id
	 * @param change what the same request changed
	 * @return the session under its new id, acknowledged by KV or accepted into memory;
	 * empty if it had ended
	 */
	CompletableFuture<Optional<LiveSession>> rename(LiveSession old, String id, SessionChange change) {
		CompletableFuture<Optional<LiveSession>> move = this.lanes.enqueueUnspaced(old.id(),
				() -> move(old, id, change));
		this.changes.hurry(old.id(), KvCallClass.LOGIN);
		return move.thenCompose((moved) -> CompletableFuture.allOf(this.ends.outcome(old.id()), this.ends.outcome(id))
			.handle((done, ex) -> moved));
	}

	private CompletionStage<Optional<LiveSession>> move(LiveSession old, String id, SessionChange change) {
		if (this.memory.isEnded(old.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		if (this.memory.isEnded(id)) {
			return CompletableFuture.failedFuture(new KvUnavailableException("The change of the id of session "
					+ SessionIdHash.of(old.id()) + " has failed before and was undone. Change the id again", null));
		}
		PendingSession taken = this.changes.sessions().remove(old.id());
		return successor(old, id, taken)
			.thenCompose((successor) -> successor.isEmpty() ? CompletableFuture.completedFuture(Optional.empty())
					: this.changes.submit(successor.get(), joined(taken, change), KvCallClass.LOGIN))
			.handle((moved, ex) -> finish(old, id, taken, moved, ex))
			.thenCompose(Function.identity());
	}

	private static SessionChange joined(@Nullable PendingSession taken, SessionChange change) {
		PendingBatch waiting = (taken != null) ? taken.waiting : null;
		return (waiting != null) ? waiting.change().and(change) : change;
	}

	/*
	 * What the new record is made of: the newest state of the old one, or what is held of
	 * it, if KV cannot be asked.
	 */
	private CompletionStage<Optional<PendingSession>> successor(LiveSession old, String id,
			@Nullable PendingSession taken) {
		if (taken != null && taken.base != null) {
			return CompletableFuture.completedFuture(Optional.of(successor(old, id, old.snapshot(), taken)));
		}
		if (this.mode == WriteMode.COALESCE && !this.kv.isAvailable()) {
			return CompletableFuture.completedFuture(Optional.of(deferred(successor(old, id, old.snapshot(), taken))));
		}
		return this.writes.newest(old, KvCallClass.LOGIN)
			.thenApply((newest) -> newest.map((live) -> successor(old, id, live.snapshot(), taken)))
			.exceptionally((ex) -> {
				if (this.mode == WriteMode.SYNC || !PassingFailure.is(Stages.unwrap(ex))) {
					throw Stages.rethrowable(ex);
				}
				return Optional.of(deferred(successor(old, id, old.snapshot(), taken)));
			});
	}

	private static PendingSession deferred(PendingSession session) {
		session.deferred = true;
		return session;
	}

	private PendingSession successor(LiveSession old, String id, Snapshot state, @Nullable PendingSession taken) {
		PendingSession session = new PendingSession(new LiveSession(id,
				new Snapshot(state.record(), state.recordSize(), Map.of(), state), this.clock.millis()));
		session.live.accessed(old.lastAccessedMillis());
		session.base = state.record();
		if (taken != null) {
			session.predecessors.putAll(taken.predecessors);
		}
		if (!this.memory.unsaved().contains(old.id())) {
			session.predecessors.put(old.id(), latestEnd(old));
		}
		return session;
	}

	private @Nullable Instant latestEnd(LiveSession live) {
		return this.context.lifetimes().latestEnd(live, this.clock.instant());
	}

	/*
	 * Nobody has been told the new id if it cannot be acknowledged; should it be in KV
	 * all the same, it is removed, and so cannot be used again when the same session is
	 * saved once more.
	 */
	private CompletionStage<Optional<LiveSession>> finish(LiveSession old, String id, @Nullable PendingSession taken,
			@Nullable Optional<LiveSession> moved, @Nullable Throwable ex) {
		PendingBatch waiting = (taken != null) ? taken.waiting : null;
		if (moved == null || ex != null) {
			this.end.apply(id);
			if (taken != null && waiting != null) {
				this.changes.putBack(taken);
			}
			return CompletableFuture.failedFuture((ex != null) ? Stages.unwrap(ex) : new IllegalStateException());
		}
		if (waiting != null) {
			waiting.done().complete(moved);
		}
		if (moved.isEmpty()) {
			return CompletableFuture.completedFuture(moved);
		}
		if (!this.memory.end(old.id())) {
			// Not waited for in the old id's lane, in which its own end may stand behind.
			this.end.apply(id);
			return CompletableFuture.completedFuture(Optional.empty());
		}
		moved.get().accessed(old.lastAccessedMillis());
		return CompletableFuture.completedFuture(moved);
	}

}
