package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionRecord;

/**
 * Writes pending changes when their turn in the session's lane comes, and again, later,
 * if KV could not take them. Safe for concurrent use.
 */
final class PendingTurns {

	private static final Logger logger = LoggerFactory.getLogger(PendingTurns.class);

	private final PendingChanges changes;

	private final PendingSessions pending;

	private final SessionWrites writes;

	private final DeferredRecords deferred;

	private final SessionEnds ends;

	private final SessionMemory memory;

	private final SessionContext context;

	private final WriteLanes lanes;

	private final KvEngine kv;

	private final KvScheduler scheduler;

	private final InstantSource clock;

	private volatile boolean hurried;

	PendingTurns(PendingChanges changes, SessionWrites writes, DeferredRecords deferred, SessionEnds ends,
			SessionMemory memory, SessionContext context, WriteLanes lanes, KvEngine kv, EngineRuntime runtime) {
		this.changes = changes;
		this.pending = changes.sessions();
		this.writes = writes;
		this.deferred = deferred;
		this.ends = ends;
		this.memory = memory;
		this.context = context;
		this.lanes = lanes;
		this.kv = kv;
		this.scheduler = runtime.scheduler();
		this.clock = runtime.clock();
		changes.planWith(this::plan);
	}

	private void plan(PendingSession session) {
		PendingBatch due = this.pending.plan(session);
		if (due != null && due.accepted()) {
			this.kv.whenAvailable().whenComplete((done, ex) -> enqueue(session));
		}
		else if (due != null) {
			// Somebody waits: he is to hear at once that KV is down.
			enqueue(session);
		}
	}

	private void enqueue(PendingSession session) {
		this.lanes.enqueue(session.id(), () -> turn(session));
	}

	private CompletionStage<Optional<LiveSession>> turn(PendingSession session) {
		PendingTurn turn = this.pending.begin(session);
		if (turn == null) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		return Stages.start(() -> write(turn)).handle((written, ex) -> {
			if (ex != null) {
				return failed(turn, Stages.unwrap(ex));
			}
			settle(turn, written);
			return written;
		});
	}

	private CompletionStage<Optional<LiveSession>> write(PendingTurn turn) {
		LiveSession live = turn.session().live;
		boolean expired = turn.deferred() && live.isExpired(this.context.lifetimes(), this.clock.millis());
		if (expired || this.memory.isEnded(turn.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		Instant accessed = Instant.ofEpochMilli(live.lastAccessedMillis());
		SessionChange change = turn.batch().change().and(SessionChange.touch(accessed));
		SessionRecord base = turn.base();
		if (base == null) {
			return this.writes.update(live, change, () -> this.pending.urgency(turn));
		}
		if (!turn.deferred()) {
			return this.writes.create(turn.id(), base, change, turn.batch().callClass()).thenApply(Optional::of);
		}
		return this.deferred.recheck(turn.id(), base, turn.predecessors(), turn.batch().callClass())
			.thenCompose((newest) -> newest.isPresent()
					? this.writes.create(turn.id(), newest.get(), change, turn.batch().callClass())
						.thenApply(Optional::of)
					: CompletableFuture.completedFuture(Optional.empty()));
	}

	private void settle(PendingTurn turn, Optional<LiveSession> written) {
		if (written.isEmpty()) {
			dropped(turn);
			return;
		}
		this.pending.written(turn.session())
			.forEach((id, until) -> this.ends.enqueueRenamed(id, until, turn.endAfter()));
		if (this.pending.next(turn.session())) {
			plan(turn.session());
		}
		turn.batch().done().complete(written);
	}

	/*
	 * The session has ended elsewhere, or of itself. A try whose outcome is unknown may
	 * have written its first record.
	 */
	private void dropped(PendingTurn turn) {
		LiveSession live = turn.session().live;
		boolean expired = !this.memory.isEnded(turn.id())
				&& live.isExpired(this.context.lifetimes(), this.clock.millis());
		if (turn.base() != null) {
			this.writes.dropped(turn.id());
		}
		PendingRest rest = this.pending.remove(turn.id());
		count(turn.batch());
		turn.batch().done().complete(Optional.empty());
		if (rest != null) {
			rest.predecessors().forEach((id, until) -> this.ends.enqueueRenamed(id, until, Duration.ZERO));
			drop(rest);
		}
		if (expired) {
			this.memory.lapsed(live);
		}
	}

	private void drop(PendingRest rest) {
		PendingBatch waiting = rest.waiting();
		if (waiting != null) {
			count(waiting);
			waiting.done().complete(Optional.empty());
		}
	}

	private void count(PendingBatch batch) {
		if (batch.accepted()) {
			this.context.statistics().add(KvSessionEvent.DROPPED_WRITE);
		}
	}

	private Optional<LiveSession> failed(PendingTurn turn, Throwable failure) {
		if (this.memory.isEnded(turn.id())) {
			dropped(turn);
			return Optional.empty();
		}
		LiveSession live = turn.session().live;
		Throwable reason = this.changes.keep(turn.session(), turn.batch(), failure);
		if (reason == null) {
			int failures = this.pending.failed(turn.session());
			if (failures == 1 && !this.hurried) {
				this.context.warnings()
					.warn(logger, "sessions whose changes are held in memory", failure, "Changes of session "
							+ SessionIdHash.of(turn.id()) + " are held in memory until KV takes them");
			}
			repeat(turn.session(), this.hurried ? WriteLanes.SPACING : PassingFailure.delay(failures, failure));
			turn.batch().done().complete(Optional.of(live));
			return Optional.of(live);
		}
		lost(turn, reason);
		throw Stages.rethrowable(failure);
	}

	private void lost(PendingTurn turn, Throwable reason) {
		PendingBatch batch = turn.batch();
		if (batch.accepted()) {
			this.context.warnings()
				.warn(logger, "sessions whose accepted changes are lost", reason,
						"Changes of session " + SessionIdHash.of(turn.id()) + " that had been accepted are lost");
			count(batch);
		}
		if (this.pending.next(turn.session())) {
			plan(turn.session());
		}
		else if (turn.base() != null && batch.accepted()) {
			this.memory.sessions().remove(turn.id());
		}
		batch.done().completeExceptionally(reason);
	}

	private void repeat(PendingSession session, Duration delay) {
		// Beforehand, since it may come before this thread goes on.
		this.pending.repeats(session, true);
		try {
			this.scheduler.schedule(() -> again(session), delay);
		}
		catch (RejectedExecutionException ex) {
			this.pending.repeats(session, false);
			logger.debug("The scheduler is closed; what waits for KV is lost");
		}
	}

	private void again(PendingSession session) {
		if (this.pending.claimRepetition(session)) {
			this.kv.whenAvailable().whenComplete((done, ex) -> enqueue(session));
		}
	}

	/**
	 * Repeats at once what has failed and waits, and from now on after a second each.
	 */
	void hurry() {
		this.hurried = true;
		this.pending.all().forEach(this::again);
	}

	/**
	 * Ends a session's pending changes together with it.
	 * @param id the id
	 * @return what was left of them, or {@code null}
	 */
	@Nullable PendingRest drop(String id) {
		PendingRest rest = this.pending.remove(id);
		if (rest != null) {
			drop(rest);
		}
		return rest;
	}

}
