package dev.kvsession.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.client.engine.KvEngine;

/**
 * Decides of each change whether its author waits for KV or is told at once, and of each
 * failed write whether its changes are held in memory. Safe for concurrent use.
 */
final class PendingChanges {

	private final PendingSessions sessions;

	private final KvEngine kv;

	private final WriteLanes lanes;

	private final SessionMemory memory;

	private final WriteMode mode;

	private final SessionKeys keys;

	private Consumer<PendingSession> planner = (session) -> {
	};

	PendingChanges(KvEngine kv, WriteLanes lanes, SessionWrites writes, SessionMemory memory, EngineOptions options,
			LongSupplier nanoTime) {
		this.kv = kv;
		this.lanes = lanes;
		this.sessions = new PendingSessions(new PendingView(writes, memory.sessions()), options.statistics, nanoTime);
		this.memory = memory;
		this.mode = options.writeMode;
		this.keys = options.keys;
	}

	/**
	 * Connects this to what runs the writes.
	 * @param planner plans a turn of a session
	 */
	void planWith(Consumer<PendingSession> planner) {
		this.planner = planner;
	}

	/**
	 * Writes a change, alone or together with others.
	 * @param fresh the session, if nothing is pending of it yet; with its first record,
	 * if it has none in KV
	 * @param change the change
	 * @param callClass what it is for
	 * @return completes when KV has acknowledged the write that carries the change, or
	 * when it was accepted into memory; empty if the session has ended and the change was
	 * dropped
	 */
	CompletableFuture<Optional<LiveSession>> submit(PendingSession fresh, SessionChange change, KvCallClass callClass) {
		LiveSession live = fresh.live;
		if (this.memory.isEnded(live.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		boolean later = isForLater(fresh, callClass);
		if (callClass != KvCallClass.TOUCH) {
			// Afterwards, since who hurries a touch still waits for his own write.
			hurry(live.id(), callClass);
		}
		return later ? acknowledgeNow(fresh, change, callClass) : submitAndWait(fresh, change, callClass);
	}

	/**
	 * Lets nobody wait for the company that a touch under way waits for.
	 * @param id the session's id
	 * @param callClass what waits behind it
	 */
	void hurry(String id, KvCallClass callClass) {
		if (this.sessions.hurry(id, callClass)) {
			this.kv.hurry(this.keys.record(id), callClass);
		}
	}

	/*
	 * Waited for, unless KV is known to take nothing: a session's first record, and a
	 * change that only meets a touch: nobody was told of that, so this change counts as
	 * the first of its second. While KV takes writes, but later than it should, everybody
	 * waits for their own: a crash must not lose more and more of what was acknowledged.
	 */
	private boolean isForLater(PendingSession fresh, KvCallClass callClass) {
		if (this.mode != WriteMode.COALESCE || callClass == KvCallClass.TOUCH) {
			return false;
		}
		if (!this.kv.isAvailable()) {
			return true;
		}
		boolean busy = !fresh.madeWithoutRecord && !this.sessions.isBackground(fresh.id())
				&& (this.sessions.contains(fresh.id()) || this.lanes.isBusy(fresh.id()));
		return busy && this.sessions.isOnTime();
	}

	private CompletableFuture<Optional<LiveSession>> submitAndWait(PendingSession fresh, SessionChange change,
			KvCallClass callClass) {
		CompletableFuture<Optional<LiveSession>> done = new CompletableFuture<>();
		PendingSessions.Added added = this.sessions.add(fresh, change, callClass);
		added.done().whenComplete((result, ex) -> Stages.complete(done, result, ex));
		this.planner.accept(added.session());
		return done;
	}

	/*
	 * While KV takes writes, nobody needs to be refused for lack of memory: he can wait.
	 */
	private CompletableFuture<Optional<LiveSession>> acknowledgeNow(PendingSession fresh, SessionChange change,
			KvCallClass callClass) {
		PendingSession session = this.sessions.accept(fresh, change, callClass);
		boolean available = this.kv.isAvailable();
		if (session == null) {
			return available ? submitAndWait(fresh, change, callClass)
					: CompletableFuture.failedFuture(PendingLimit.exceeded(fresh.id(), null));
		}
		if (!available) {
			this.sessions.defer(session);
		}
		this.planner.accept(session);
		return CompletableFuture.completedFuture(Optional.of(session.live));
	}

	/**
	 * Keeps a batch that KV could not take, if that is to be and there is memory for it.
	 * @param session the session, whose write has failed
	 * @param batch what was to be written
	 * @param failure why it was not
	 * @return {@code null} if it is kept, else why it is not
	 */
	@Nullable Throwable keep(PendingSession session, PendingBatch batch, Throwable failure) {
		boolean wanted = batch.accepted() ? PassingFailure.isNotOfTheRecord(failure) : this.mode == WriteMode.COALESCE
				&& batch.callClass() != KvCallClass.TOUCH && PassingFailure.is(failure);
		if (!wanted) {
			return failure;
		}
		return this.sessions.keep(session, batch) ? null : PendingLimit.exceeded(session.id(), failure);
	}

	/**
	 * Takes back a session that was removed to go on elsewhere and could not.
	 * @param rest what was left of it, with changes that wait
	 */
	void putBack(PendingRest rest) {
		this.planner.accept(this.sessions.putBack(rest));
	}

	/**
	 * Returns the newest state known here of a session.
	 * @param found the session as a request found it
	 * @return the state
	 */
	NewestState newest(LiveSession found) {
		LiveSession held = this.memory.sessions().get(found.id());
		return new NewestState((held != null) ? held.shown() : found.shown(), this.sessions.changes(found.id()),
				this.memory.failedWrites().of(found.id()));
	}

	PendingSessions sessions() {
		return this.sessions;
	}

}
