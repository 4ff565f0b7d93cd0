package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
		PendingBatch due = this.pending.locked((all) -> {
			PendingBatch batch = session.planned ? null : session.waiting;
			session.planned |= batch != null;
			return batch;
		});
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
		PendingBatch batch = this.pending.begin(session);
		if (batch == null) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		return Stages.start(() -> write(session, batch)).handle((written, ex) -> {
			if (ex != null) {
				return failed(session, batch, Stages.unwrap(ex));
			}
			settle(session, batch, written);
			return written;
		});
	}

	private CompletionStage<Optional<LiveSession>> write(PendingSession session, PendingBatch batch) {
		if (this.memory.isEnded(session.id()) || (session.deferred && isExpired(session))) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		Instant accessed = Instant.ofEpochMilli(session.live.lastAccessedMillis());
		SessionChange change = batch.change().and(SessionChange.touch(accessed));
		SessionRecord base = session.base;
		if (base == null) {
			return this.writes.update(session.live, change, () -> this.pending.urgency(session, batch));
		}
		if (!session.deferred) {
			return this.writes.create(session.id(), base, change).thenApply(Optional::of);
		}
		return this.deferred.recheck(session.id(), base, List.copyOf(session.predecessors.keySet()), batch.callClass())
			.thenCompose((newest) -> newest.isPresent()
					? this.writes.create(session.id(), newest.get(), change).thenApply(Optional::of)
					: CompletableFuture.completedFuture(Optional.empty()));
	}

	private boolean isExpired(PendingSession session) {
		return this.context.lifetimes().isExpired(session.live, this.clock.millis());
	}

	private void settle(PendingSession session, PendingBatch batch, Optional<LiveSession> written) {
		if (written.isEmpty()) {
			dropped(session, batch);
			return;
		}
		boolean more = this.pending.written(session);
		session.failures = 0;
		session.predecessors.forEach((id, until) -> this.ends.enqueue(id, GoneMarker.Reason.RENAMED, until));
		session.predecessors.clear();
		if (more) {
			plan(session);
		}
		batch.done().complete(written);
	}

	/*
	 * The session has ended elsewhere, or of itself.
	 */
	private void dropped(PendingSession session, PendingBatch batch) {
		this.pending.remove(session.id());
		PendingBatch waiting = this.pending.withdraw(session);
		if (session.base != null) {
			this.memory.end(session.id());
		}
		session.predecessors.forEach((id, until) -> this.ends.enqueue(id, GoneMarker.Reason.RENAMED, until));
		count(batch);
		batch.done().complete(Optional.empty());
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

	private Optional<LiveSession> failed(PendingSession session, PendingBatch batch, Throwable failure) {
		if (this.memory.isEnded(session.id())) {
			dropped(session, batch);
			return Optional.empty();
		}
		Throwable reason = this.changes.keep(session, batch, failure);
		if (reason == null) {
			if (session.failures++ == 0) {
				logger.warn("Changes of session {} are held in memory until KV takes them: {}",
						SessionIdHash.of(session.id()), LoggedReason.of(failure));
			}
			repeat(session, failure);
			batch.done().complete(Optional.of(session.live));
			return Optional.of(session.live);
		}
		lost(session, batch, reason);
		throw Stages.rethrowable(failure);
	}

	private void lost(PendingSession session, PendingBatch batch, Throwable reason) {
		if (batch.accepted()) {
			logger.warn("Changes of session {} that had been accepted are lost: {}", SessionIdHash.of(session.id()),
					LoggedReason.of(reason));
			count(batch);
		}
		if (this.pending.next(session)) {
			plan(session);
		}
		else if (session.base != null && batch.accepted()) {
			this.memory.sessions().remove(session.id());
		}
		batch.done().completeExceptionally(reason);
	}

	private void repeat(PendingSession session, Throwable failure) {
		Duration delay = this.hurried ? WriteLanes.SPACING : PassingFailure.delay(session.failures, failure);
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
		boolean mine = this.pending.locked((all) -> {
			boolean first = session.repeated;
			session.repeated = false;
			return first;
		});
		if (mine) {
			this.kv.whenAvailable().whenComplete((done, ex) -> enqueue(session));
		}
	}

	/**
	 * Repeats at once what has failed and waits, and from now on after a second each.
	 */
	void hurry() {
		this.hurried = true;
		List<PendingSession> all = this.pending.locked((sessions) -> List.copyOf(sessions.values()));
		all.forEach(this::again);
	}

	/**
	 * Ends a session's pending changes together with it.
	 * @param id the id
	 * @return what was pending, or {@code null}
	 */
	@Nullable PendingSession drop(String id) {
		PendingSession session = this.pending.remove(id);
		PendingBatch waiting = (session != null) ? this.pending.withdraw(session) : null;
		if (waiting != null) {
			count(waiting);
			waiting.done().complete(Optional.empty());
		}
		return session;
	}

}
