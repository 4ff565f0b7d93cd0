package dev.kvsession.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.client.engine.KvEngine;

/**
 * Changes of sessions that are being written or wait for it, in bounded memory: joins
 * those that wait for the same second into one write, and decides who waits for KV and
 * who is told at once. Safe for concurrent use.
 */
final class PendingChanges {

	private final Map<String, PendingSession> sessions = new HashMap<>();

	private final PendingLimit limit = new PendingLimit();

	private final KvEngine kv;

	private final WriteLanes lanes;

	private final PendingView view;

	private final SessionMemory memory;

	private final KvSessionStatistics statistics;

	private final WriteMode mode;

	private Consumer<PendingSession> turns = (session) -> {
	};

	PendingChanges(KvEngine kv, WriteLanes lanes, SessionWrites writes, SessionMemory memory, EngineOptions options) {
		this.kv = kv;
		this.lanes = lanes;
		this.view = new PendingView(writes, memory.sessions());
		this.memory = memory;
		this.statistics = options.statistics;
		this.mode = options.writeMode;
	}

	/**
	 * Connects this to what runs the writes.
	 * @param turns plans a turn of a session
	 */
	void planWith(Consumer<PendingSession> turns) {
		this.turns = turns;
	}

	/**
	 * Writes a change, alone or together with others.
	 * @param session the session; its first record, if it has none in KV
	 * @param change the change
	 * @param callClass what it is for
	 * @return completes when KV has acknowledged the write that carries the change, or
	 * when it was accepted into memory; empty if the session has ended and the change was
	 * dropped
	 */
	CompletableFuture<Optional<LiveSession>> submit(PendingSession session, SessionChange change,
			KvCallClass callClass) {
		LiveSession live = session.live;
		if (this.memory.isEnded(live.id())) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		return isForLater(session, callClass) ? accept(session, change, callClass) : await(session, change, callClass);
	}

	/*
	 * The first record of a session is waited for, unless KV is known to take none.
	 */
	private boolean isForLater(PendingSession session, KvCallClass callClass) {
		if (this.mode != WriteMode.COALESCE || callClass == KvCallClass.TOUCH) {
			return false;
		}
		boolean busy = session.base == null && (isPending(session.id()) || this.lanes.isBusy(session.id()));
		return busy || !this.kv.isAvailable();
	}

	private CompletableFuture<Optional<LiveSession>> await(PendingSession fresh, SessionChange change,
			KvCallClass callClass) {
		PendingBatch batch;
		PendingSession session;
		synchronized (this) {
			session = this.sessions.computeIfAbsent(fresh.id(), (id) -> fresh);
			batch = join(session, change, callClass);
		}
		this.turns.accept(session);
		return batch.done();
	}

	/*
	 * While KV takes writes, nobody needs to be refused for lack of memory: he can wait.
	 */
	private CompletableFuture<Optional<LiveSession>> accept(PendingSession fresh, SessionChange change,
			KvCallClass callClass) {
		LiveSession live = fresh.live;
		long weight = this.view.weight(live, change);
		PendingSession session;
		synchronized (this) {
			session = this.sessions.getOrDefault(fresh.id(), fresh);
			if (!this.limit.reserve(session, weight)) {
				return this.kv.isAvailable() ? await(fresh, change, callClass)
						: CompletableFuture.failedFuture(PendingLimit.exceeded(session.id(), null));
			}
			this.sessions.put(fresh.id(), session);
			session.waiting = join(session, change, callClass).accept();
			if (session.deferred || !this.kv.isAvailable()) {
				session.deferred = true;
				this.statistics.add(KvSessionEvent.DEFERRED_WRITE);
			}
			this.view.show(session);
		}
		this.turns.accept(session);
		return CompletableFuture.completedFuture(Optional.of(session.live));
	}

	private PendingBatch join(PendingSession session, SessionChange change, KvCallClass callClass) {
		PendingBatch waiting = session.waiting;
		if (waiting != null && callClass != KvCallClass.TOUCH) {
			this.statistics.add(KvSessionEvent.COALESCED_WRITE);
		}
		PendingBatch joined = (waiting != null) ? waiting.and(change, callClass) : PendingBatch.of(change, callClass);
		session.waiting = joined;
		return joined;
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
		long weight = this.view.weight(session.live, batch.change());
		synchronized (this) {
			if (this.sessions.get(session.id()) != session) {
				return failure;
			}
			if (!batch.accepted() && !this.limit.reserve(session, weight)) {
				return PendingLimit.exceeded(session.id(), failure);
			}
			PendingBatch kept = batch.accept();
			PendingBatch waiting = session.waiting;
			session.waiting = (waiting != null) ? kept.again(waiting) : kept.again();
			session.writing = null;
			if (!session.deferred) {
				session.deferred = true;
				this.statistics.add(KvSessionEvent.DEFERRED_WRITE);
			}
			this.view.show(session);
		}
		return null;
	}

	/**
	 * Takes the next batch of a session out for being written.
	 * @param session the session
	 * @return the batch, or {@code null} if nothing waits any more
	 */
	synchronized @Nullable PendingBatch begin(PendingSession session) {
		session.planned = false;
		PendingBatch batch = session.waiting;
		session.writing = batch;
		session.waiting = null;
		return batch;
	}

	/**
	 * Notes that KV has a session's record.
	 * @param session the session
	 * @return whether further changes wait
	 */
	synchronized boolean written(PendingSession session) {
		session.live.markWritten();
		session.base = null;
		session.deferred = false;
		return next(session);
	}

	/**
	 * Gives up a batch and goes on with what has followed it.
	 * @param session the session
	 * @return whether further changes wait
	 */
	synchronized boolean next(PendingSession session) {
		session.writing = null;
		if (session.waiting == null) {
			remove(session.id());
			return false;
		}
		this.view.show(session);
		return true;
	}

	/**
	 * Forgets a session and what waits of it.
	 * @param id the id
	 * @return what was forgotten, or {@code null}
	 */
	synchronized @Nullable PendingSession remove(String id) {
		PendingSession session = this.sessions.remove(id);
		if (session != null) {
			this.limit.release(session);
			this.view.hide(session);
		}
		return session;
	}

	/**
	 * Takes out what waits of a session that is not to be written.
	 * @param session the session
	 * @return what has waited, or {@code null}
	 */
	synchronized @Nullable PendingBatch withdraw(PendingSession session) {
		PendingBatch waiting = session.waiting;
		session.waiting = null;
		return waiting;
	}

	/**
	 * Takes back a session that was removed to go on elsewhere and could not.
	 * @param session the session, with changes that wait
	 */
	void putBack(PendingSession session) {
		long weight = session.live.shown().weight();
		synchronized (this) {
			PendingSession now = this.sessions.putIfAbsent(session.id(), session);
			PendingBatch batch = session.waiting;
			if (now != null && batch != null) {
				PendingBatch waiting = now.waiting;
				now.waiting = (waiting != null) ? batch.again(waiting) : batch;
			}
			PendingSession kept = (now != null) ? now : session;
			kept.planned = false;
			this.limit.reserve(kept, weight);
			this.view.show(kept);
		}
		this.turns.accept(session);
	}

	synchronized <T> T locked(Function<Map<String, PendingSession>, T> action) {
		return action.apply(this.sessions);
	}

	private synchronized boolean isPending(String id) {
		return this.sessions.containsKey(id);
	}

	PendingLimit limit() {
		return this.limit;
	}

}
