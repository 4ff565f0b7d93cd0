package dev.kvsession.session.write;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.end.WriteQueues;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.TransientFailure;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.session.write.PendingSession.Turn;

/**
 * Changes ids of sessions. The new id is acknowledged before the old one ends, so that a
 * crash in between leaves two ids and not none. Safe for concurrent use.
 */
public final class SessionRenames {

	private final KvEngine kv;

	private final WriteQueues queues;

	private final SessionWrites writes;

	private final PendingWrites pending;

	private final SessionEnds ends;

	private final SessionMemory memory;

	private final SessionContext context;

	private final InstantSource clock;

	private final WriteMode mode;

	private final Function<String, CompletableFuture<Void>> end;

	public SessionRenames(KvEngine kv, WriteQueues queues, SessionWrites writes, PendingWrites pending,
			SessionEnds ends, SessionMemory memory, SessionContext context,
			Function<String, CompletableFuture<Void>> end) {
		this.kv = kv;
		this.queues = queues;
		this.writes = writes;
		this.pending = pending;
		this.ends = ends;
		this.memory = memory;
		this.context = context;
		this.clock = context.clock();
		this.mode = context.settings().writeMode;
		this.end = end;
	}

	/**
	 * Gives a session a new id once the write in flight under the old one is answered;
	 * not a second later, since the new id is another key. In KV the old id ends {@code
	 * endAfter} the acknowledgement, here at once. Returns the session, acknowledged or
	 * accepted; empty if it had ended.
	 */
	public CompletableFuture<Optional<LiveSession>> rename(LiveSession old, String id, SessionChange change,
			Duration endAfter) {
		CompletableFuture<Optional<LiveSession>> move = this.queues.enqueueUnspaced(old.id(),
				() -> move(old, id, change, endAfter));
		this.pending.withdrawTouch(old.id());
		return move.thenCompose((moved) -> CompletableFuture.allOf(this.ends.outcome(old.id()), this.ends.outcome(id))
			.handle((done, ex) -> moved));
	}

	private CompletionStage<Optional<LiveSession>> move(LiveSession old, String id, SessionChange change,
			Duration endAfter) {
		if (this.memory.isEnded(old.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		if (this.memory.isEnded(id)) {
			return CompletableFuture.failedFuture(new KvUnavailableException("The change of the id of session "
					+ SessionIdHash.of(old.id()) + " has failed before and was undone. Change the id again", null));
		}
		Turn taken = this.pending.sessions().move(old.id());
		return successor(new Renaming(old, id, taken, endAfter))
			.thenCompose((successor) -> successor.isEmpty() ? CompletableFuture.completedFuture(Optional.empty())
					: this.pending.submit(successor.get(), joined(taken, change), KvCallClass.LOGIN))
			.handle((moved, ex) -> finish(old, id, taken, moved, ex))
			.thenCompose(Function.identity());
	}

	private static SessionChange joined(@Nullable Turn taken, SessionChange change) {
		return (taken != null) ? taken.batch().change().and(change) : change;
	}

	/*
	 * The new record is made of the newest state of the old one, or of what this instance
	 * knows if KV cannot be asked.
	 */
	private CompletionStage<Optional<PendingSession>> successor(Renaming renaming) {
		LiveSession old = renaming.old();
		if (renaming.taken() != null && renaming.taken().base() != null) {
			return CompletableFuture.completedFuture(Optional.of(successor(renaming, old.snapshot(), false)));
		}
		if (this.mode == WriteMode.COALESCE && !this.kv.isAvailable()) {
			return CompletableFuture.completedFuture(Optional.of(successor(renaming, old.snapshot(), true)));
		}
		return this.writes.newestToRename(old)
			.thenApply((newest) -> newest.map((live) -> successor(renaming, live.snapshot(), false)))
			.exceptionally((ex) -> {
				if (this.mode == WriteMode.SYNC || !TransientFailure.is(Stages.unwrap(ex))) {
					throw Stages.rethrowable(ex);
				}
				return Optional.of(successor(renaming, old.snapshot(), true));
			});
	}

	private PendingSession successor(Renaming renaming, Snapshot state, boolean deferred) {
		LiveSession old = renaming.old();
		LiveSession live = new LiveSession(renaming.id(),
				new Snapshot(state.record(), state.recordSize(), Map.of(), state), this.clock.millis());
		live.accessed(old.lastAccessedMillis());
		Map<String, Remains> predecessors = new LinkedHashMap<>();
		if (renaming.taken() != null) {
			predecessors.putAll(renaming.taken().predecessors());
		}
		if (!this.memory.isUnsaved(old.id()) || isAccepted(renaming.taken())) {
			predecessors.put(old.id(), old.remains(this.context.lifetimes(), this.clock.instant()));
			this.memory.changedId(old.id(), renaming.id());
		}
		// mutant: entry-at-change-of-id
		return new PendingSession(live, state.record(), predecessors, renaming.endAfter(), deferred);
	}

	/* A browser may have been given the old id though KV never got a record of it. */
	private static boolean isAccepted(@Nullable Turn taken) {
		return taken != null && taken.batch().accepted();
	}

	/*
	 * If the new id cannot be acknowledged, no browser has been given it. KV may have it
	 * all the same: it is removed, and cannot be used when the session is saved once
	 * more.
	 */
	private CompletionStage<Optional<LiveSession>> finish(LiveSession old, String id, @Nullable Turn taken,
			@Nullable Optional<LiveSession> moved, @Nullable Throwable ex) {
		if (moved == null || ex != null) {
			this.end.apply(id);
			if (taken != null) {
				this.pending.putBack(taken);
			}
			return CompletableFuture.failedFuture((ex != null) ? Stages.unwrap(ex) : new IllegalStateException());
		}
		if (taken != null) {
			taken.batch().done().complete(moved);
		}
		// First: no request must find the old id without the changes that moved on.
		boolean endedMeanwhile = moved.isPresent() && !this.memory.end(old.id());
		if (taken != null) {
			this.pending.goOn(taken);
		}
		if (moved.isEmpty()) {
			return CompletableFuture.completedFuture(moved);
		}
		if (endedMeanwhile) {
			// Do not wait: this runs in the old id's queue; its end may be queued behind.
			this.end.apply(id);
			return CompletableFuture.completedFuture(Optional.empty());
		}
		moved.get().accessed(old.lastAccessedMillis());
		return CompletableFuture.completedFuture(moved);
	}

	/** A change of id, with the changes that waited to be written under the old one. */
	private record Renaming(LiveSession old, String id, @Nullable Turn taken, Duration endAfter) {
	}

}
