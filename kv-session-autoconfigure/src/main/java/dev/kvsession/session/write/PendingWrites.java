package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.end.WriteQueues;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.TransientFailure;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.session.write.PendingSession.Rest;
import dev.kvsession.session.write.PendingSession.Turn;

/**
 * Writes changes in the session's write queue, and repeats what KV could not take.
 * Decides whether a change is accepted at once or its caller waits for KV, and whether
 * the changes of a failed write are deferred. Safe for concurrent use.
 */
public final class PendingWrites {

	private static final Logger logger = LoggerFactory.getLogger(PendingWrites.class);

	private final KvEngine kv;

	private final WriteQueues queues;

	private final SessionWrites writes;

	private final PendingSessions sessions;

	private final SessionEnds ends;

	private final SessionMemory memory;

	private final SessionContext context;

	private final WriteMode mode;

	private final KvScheduler scheduler;

	private final InstantSource clock;

	private volatile boolean hurried;

	public PendingWrites(KvEngine kv, WriteQueues queues, SessionWrites writes, SessionEnds ends, SessionMemory memory,
			SessionContext context) {
		SessionSettings settings = context.settings();
		this.kv = kv;
		this.queues = queues;
		this.writes = writes;
		this.sessions = new PendingSessions(writes, memory.sessions(), settings.statistics,
				context.runtime().nanoTime());
		this.ends = ends;
		this.memory = memory;
		this.context = context;
		this.mode = settings.writeMode;
		this.scheduler = context.runtime().scheduler();
		this.clock = context.clock();
	}

	public PendingSessions sessions() {
		return this.sessions;
	}

	/**
	 * Writes a change, alone or coalesced. Completes when KV has acknowledged the write,
	 * or the change was accepted into memory; empty if the session has ended. {@code
	 * fresh} is used if nothing is pending yet.
	 */
	public CompletableFuture<Optional<LiveSession>> submit(PendingSession fresh, SessionChange change,
			KvCallClass callClass) {
		if (this.memory.isEnded(fresh.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		PendingBatch batch = PendingBatch.of(change, callClass);
		boolean available = this.kv.isAvailable();
		if (!isAcceptedAtOnce(fresh, callClass, available)) {
			return submitAndWait(fresh, batch);
		}
		PendingSessions.Joined joined = this.sessions.accept(fresh, batch, available);
		if (joined == null) {
			// While KV takes writes, nobody needs to be refused for lack of memory.
			return available ? submitAndWait(fresh, batch)
					: CompletableFuture.failedFuture(PendingSessions.exceeded(fresh.id(), null));
		}
		if (joined.queued()) {
			enqueueWhenAvailable(joined.session());
		}
		withdrawTouch(fresh.id());
		return CompletableFuture.completedFuture(Optional.of(joined.session().live));
	}

	/*
	 * Whether save returns at once: if KV is down, or if another change of the session is
	 * pending or was written within the last second. A pending touch does not count. A
	 * first record is accepted only while KV is down. If writes are late, no change is
	 * accepted while KV is up: a crash would lose too much.
	 */
	private boolean isAcceptedAtOnce(PendingSession fresh, KvCallClass callClass, boolean available) {
		if (this.mode != WriteMode.COALESCE || callClass == KvCallClass.TOUCH) {
			return false;
		}
		String id = fresh.id();
		boolean busy = !fresh.hasNoRecord() && !this.sessions.isTouch(id)
				&& (this.sessions.contains(id) || this.queues.isBusy(id));
		return !available || (busy && this.sessions.isOnTime());
	}

	private CompletableFuture<Optional<LiveSession>> submitAndWait(PendingSession fresh, PendingBatch batch) {
		CompletableFuture<Optional<LiveSession>> done = new CompletableFuture<>();
		PendingSessions.Joined joined = this.sessions.add(fresh, batch);
		joined.batch().done().whenComplete((result, ex) -> Stages.complete(done, result, ex));
		if (joined.queued()) {
			// At once, because the caller must learn that KV is down.
			enqueue(joined.session());
		}
		if (batch.callClass() != KvCallClass.TOUCH) {
			withdrawTouch(fresh.id());
		}
		return done;
	}

	// Withdraws a touch that waits in the KV engine: the next write carries it.
	void withdrawTouch(String id) {
		CompletableFuture<?> call = this.sessions.withdrawTouch(id);
		if (call != null) {
			call.cancel(false);
		}
	}

	private void enqueue(PendingSession session) {
		this.queues.enqueue(session.id(), () -> turn(session));
	}

	private void enqueueWhenAvailable(PendingSession session) {
		this.kv.whenAvailable().whenComplete((done, ex) -> enqueue(session));
	}

	/*
	 * At once, even if all of it was accepted: what follows may have joined it, and its
	 * caller must learn that KV is down.
	 */
	private void enqueue(PendingSession session, @Nullable PendingBatch due) {
		if (due != null) {
			enqueue(session);
		}
	}

	private CompletionStage<Boolean> turn(PendingSession session) {
		Turn turn = this.sessions.begin(session);
		if (turn == null) {
			return CompletableFuture.failedFuture(new CancellationException("Nothing is to be written"));
		}
		return Stages.start(() -> write(turn)).handle((written, ex) -> {
			if (ex != null) {
				failed(turn, Stages.unwrap(ex));
			}
			else if (written.isPresent()) {
				settle(turn, written);
			}
			else {
				dropped(turn);
			}
			return true;
		});
	}

	private CompletionStage<Optional<LiveSession>> write(Turn turn) {
		LiveSession live = turn.session().live;
		boolean expired = turn.deferred() && live.isExpired(this.context.lifetimes(), this.clock.millis());
		if (expired || this.memory.isEnded(turn.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		Instant accessed = Instant.ofEpochMilli(live.lastAccessedMillis());
		SessionChange change = turn.batch().change().and(SessionChange.touch(accessed));
		SessionWrites.Write write = new SessionWrites.Write(change, turn.batch().callClass(),
				(call) -> called(turn, call));
		SessionRecord base = turn.base();
		if (base == null) {
			return this.writes.update(live, write);
		}
		CompletionStage<Optional<SessionRecord>> checked = turn.deferred()
				? this.writes.recheck(turn.id(), base, turn.predecessors().keySet(), write.callClass())
				: CompletableFuture.completedFuture(Optional.of(base));
		return checked.thenCompose((newest) -> newest.isPresent()
				? this.writes.create(turn.id(), newest.get(), write).thenApply(Optional::of)
				: CompletableFuture.completedFuture(Optional.empty()));
	}

	private void called(Turn turn, CompletableFuture<?> call) {
		if (!this.sessions.calls(turn.session(), call)) {
			call.cancel(false);
		}
	}

	private void settle(Turn turn, Optional<LiveSession> written) {
		Rest rest = this.sessions.written(turn.session());
		rest.predecessors().forEach((id, remains) -> this.ends.enqueueRenamed(id, remains, turn.endAfter()));
		enqueue(turn.session(), rest.waiting());
		turn.batch().done().complete(written);
	}

	/*
	 * The session has ended elsewhere, or has expired. A write of unknown outcome may
	 * have created its record.
	 */
	private void dropped(Turn turn) {
		LiveSession live = turn.session().live;
		boolean expired = !this.memory.isEnded(turn.id())
				&& live.isExpired(this.context.lifetimes(), this.clock.millis());
		if (turn.base() != null) {
			this.writes.dropped(turn.id());
		}
		Rest rest = this.sessions.remove(turn.id());
		drop(turn.batch());
		end(rest);
		if (expired) {
			this.memory.learntEnd(live);
		}
	}

	// Ends the pending changes of a session that has ended.
	public void end(String id) {
		end(this.sessions.remove(id));
	}

	private void end(@Nullable Rest rest) {
		if (rest == null) {
			return;
		}
		if (rest.call() != null) {
			rest.call().cancel(false);
		}
		rest.predecessors().forEach((id, remains) -> this.ends.enqueueRenamed(id, remains, Duration.ZERO));
		if (rest.waiting() != null) {
			drop(rest.waiting());
		}
	}

	private void drop(PendingBatch batch) {
		count(batch);
		batch.done().complete(Optional.empty());
	}

	private void count(PendingBatch batch) {
		if (batch.accepted()) {
			this.context.settings().statistics.add(KvSessionEvent.DROPPED_WRITE);
		}
	}

	private void failed(Turn turn, Throwable failure) {
		if (this.memory.isEnded(turn.id())) {
			dropped(turn);
			throw Stages.rethrowable(failure);
		}
		if (this.sessions.takeBack(turn)) {
			enqueue(turn.session());
			throw Stages.rethrowable(failure);
		}
		boolean wanted = turn.batch().accepted() ? TransientFailure.isNotOfTheRecord(failure)
				: this.mode == WriteMode.COALESCE && !turn.batch().isTouch() && TransientFailure.is(failure);
		PendingSessions.Kept kept = wanted ? this.sessions.keep(turn) : null;
		if (kept == null) {
			lost(turn, wanted ? PendingSessions.exceeded(turn.id(), failure) : failure);
			throw Stages.rethrowable(failure);
		}
		if (kept.failures() == 1 && !this.hurried) {
			this.context.warnings()
				.warn(logger, "sessions whose changes are held in memory", failure, "Changes of session "
						+ SessionIdHash.of(turn.id()) + " are held in memory until KV takes them");
		}
		if (kept.following() != null) {
			enqueue(turn.session(), kept.following());
		}
		else {
			repeat(turn.session(),
					this.hurried ? WriteQueues.SPACING : TransientFailure.delay(kept.failures(), failure));
		}
		turn.batch().done().complete(Optional.of(turn.session().live));
	}

	private void lost(Turn turn, Throwable reason) {
		PendingBatch batch = turn.batch();
		if (batch.accepted()) {
			this.context.warnings()
				.warn(logger, "sessions whose accepted changes are lost", reason,
						"Changes of session " + SessionIdHash.of(turn.id()) + " that had been accepted are lost");
			count(batch);
		}
		if (!goOn(turn) && turn.base() != null && batch.accepted()) {
			this.memory.sessions().remove(turn.id());
		}
		batch.done().completeExceptionally(reason);
	}

	private void repeat(PendingSession session, Duration delay) {
		try {
			this.scheduler.schedule(() -> again(session), delay);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler is closed; pending changes are lost");
		}
	}

	private void again(PendingSession session) {
		if (this.sessions.repeat(session)) {
			enqueueWhenAvailable(session);
		}
	}

	// Repeats at once what has failed and waits, and from now on after a second each.
	public void repeatNow() {
		this.hurried = true;
		this.sessions.all().forEach(this::again);
	}

	// Goes on with what has followed a batch that is lost, or pending under another id.
	boolean goOn(Turn turn) {
		PendingBatch next = this.sessions.next(turn.session());
		enqueue(turn.session(), next);
		return next != null;
	}

	// Takes back what was to go on under another id and could not.
	void putBack(Turn taken) {
		if (this.sessions.takeBack(taken)) {
			enqueue(taken.session(), taken.batch());
		}
		else {
			drop(taken.batch());
		}
	}

}
