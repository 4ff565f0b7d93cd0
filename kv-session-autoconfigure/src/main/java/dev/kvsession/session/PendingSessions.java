package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;

/**
 * The sessions with changes that are being written or wait for it, in bounded memory. Its
 * lock guards all that a {@link PendingSession} holds; what leaves it is immutable. Safe
 * for concurrent use.
 * <p>
 * A change: submit → waiting → plan (turn in the lane) → begin → writing → written and
 * next; or keep → waiting, deferred, repetition; or lost or dropped.
 */
final class PendingSessions {

	private final Map<String, PendingSession> sessions = new HashMap<>();

	private final AcceptedChanges acceptedChanges = new AcceptedChanges();

	private final PendingLimit limit = new PendingLimit();

	private final PendingView view;

	private final KvSessionStatistics statistics;

	private final LongSupplier nanoTime;

	PendingSessions(PendingView view, KvSessionStatistics statistics, LongSupplier nanoTime) {
		this.view = view;
		this.statistics = statistics;
		this.nanoTime = nanoTime;
	}

	/**
	 * Keeps a batch that KV could not take, if there is memory for it.
	 * @param session the session, whose write has failed
	 * @param batch what was to be written
	 * @return whether it is kept; not if the session was forgotten meanwhile either
	 */
	boolean keep(PendingSession session, PendingBatch batch) {
		long weight = this.view.weight(session.live, batch.change());
		synchronized (this) {
			boolean room = isCurrent(session)
					&& (batch.accepted() || this.limit.reserve(session, weight, batch.callClass()));
			if (room) {
				session.batches().keep(batch.accept(this.nanoTime.getAsLong()));
				defer(session);
				this.view.show(session);
			}
			return room;
		}
	}

	/**
	 * Accepts a change into memory, if there is room.
	 * @param fresh the session, if nothing is pending of it yet
	 * @param change the change
	 * @param callClass what it is for
	 * @return the session, or {@code null} if there is no room
	 */
	@Nullable PendingSession accept(PendingSession fresh, SessionChange change, KvCallClass callClass) {
		long weight = this.view.weight(fresh.live, change);
		synchronized (this) {
			PendingSession session = this.sessions.getOrDefault(fresh.id(), fresh);
			if (!this.limit.reserve(session, weight, callClass)) {
				return null;
			}
			this.sessions.put(fresh.id(), session);
			if (!join(session, change, callClass).accepted()) {
				long now = this.nanoTime.getAsLong();
				session.batches().accept(now);
				this.acceptedChanges.add(session, now);
			}
			this.view.show(session);
			return session;
		}
	}

	/**
	 * Adds a change whose author waits for it.
	 * @param fresh the session, if nothing is pending of it yet
	 * @param change the change
	 * @param callClass what it is for
	 * @return the session, and the outcome of the write that carries the change
	 */
	synchronized Added add(PendingSession fresh, SessionChange change, KvCallClass callClass) {
		PendingSession session = this.sessions.computeIfAbsent(fresh.id(), (id) -> fresh);
		return new Added(session, join(session, change, callClass).done());
	}

	private PendingBatch join(PendingSession session, SessionChange change, KvCallClass callClass) {
		if (session.batches().waiting() != null && callClass != KvCallClass.TOUCH) {
			this.statistics.add(KvSessionEvent.COALESCED_WRITE);
		}
		return session.batches().join(change, callClass);
	}

	/**
	 * Whether writes are on time, so that another change may be acknowledged before KV
	 * has it.
	 * @return whether no change waits for long that KV has not failed to take
	 */
	synchronized boolean isOnTime() {
		return this.acceptedChanges.areOnTime((session) -> isCurrent(session) && !session.isDeferred(),
				this.nanoTime.getAsLong());
	}

	/**
	 * How long ago the oldest change was acknowledged that KV does not have yet.
	 * @return its age, zero if there is none
	 */
	synchronized Duration oldestAccepted() {
		long now = this.nanoTime.getAsLong();
		long oldest = this.sessions.values()
			.stream()
			.flatMap((session) -> session.batches().acceptedAt())
			.mapToLong((at) -> now - at)
			.max()
			.orElse(0);
		return Duration.ofNanos(oldest);
	}

	// The changes of a session on their way to KV; null if there are none.
	synchronized @Nullable SessionChange changes(String id) {
		PendingSession session = this.sessions.get(id);
		return (session != null) ? session.batches().changes() : null;
	}

	// Whether something is pending of a session, but no more than its last access.
	synchronized boolean isBackground(String id) {
		PendingSession session = this.sessions.get(id);
		return session != null && session.batches().isBackground();
	}

	// Makes a touch that is being written as urgent as what waits behind it.
	synchronized boolean hurry(String id, KvCallClass callClass) {
		PendingSession session = this.sessions.get(id);
		return session != null && session.batches().hurry(callClass);
	}

	// What a write is for by now.
	synchronized KvCallClass urgency(PendingTurn turn) {
		return turn.session().batches().urgency(turn.batch());
	}

	// KV cannot take what waits of a session.
	synchronized void defer(PendingSession session) {
		if (session.defer()) {
			this.statistics.add(KvSessionEvent.DEFERRED_WRITE);
		}
	}

	// What waits and gets a turn now; null if nothing does or a turn will come anyway.
	synchronized @Nullable PendingBatch plan(PendingSession session) {
		return session.plan();
	}

	/**
	 * Begins a session's turn.
	 * @param session the session
	 * @return what to write, or {@code null} if nothing waits any more, or what waited
	 * has gone on under another id
	 */
	synchronized @Nullable PendingTurn begin(PendingSession session) {
		return isCurrent(session) ? session.begin() : null;
	}

	// Notes that KV has a session's record; returns the ids to be ended.
	synchronized Map<String, @Nullable Instant> written(PendingSession session) {
		return session.written();
	}

	/**
	 * Goes on with what has followed a batch that is written or given up.
	 * @param session the session
	 * @return whether further changes wait
	 */
	synchronized boolean next(PendingSession session) {
		if (!isCurrent(session)) {
			return false;
		}
		if (!session.batches().next()) {
			this.view.hide(session);
			remove(session.id());
			return false;
		}
		this.view.show(session);
		return true;
	}

	/**
	 * Forgets a session and what waits of it.
	 * @param id the id
	 * @return what is left of it, or {@code null} if nothing was pending
	 */
	synchronized @Nullable PendingRest remove(String id) {
		PendingSession session = this.sessions.remove(id);
		if (session == null) {
			return null;
		}
		this.limit.release(session);
		this.view.forget(session);
		return session.end();
	}

	/**
	 * Takes what waits of a session to another id. Until it has arrived it is pending
	 * here as well.
	 * @param id the id
	 * @return what is left of the session, or {@code null} if nothing was pending
	 */
	synchronized @Nullable PendingRest depart(String id) {
		PendingSession session = this.sessions.get(id);
		return (session != null) ? session.depart() : null;
	}

	/**
	 * Notes that what has departed is pending under another id, or that its session has
	 * ended.
	 * @param id the id that it has departed from
	 */
	synchronized void arrived(String id) {
		PendingSession session = this.sessions.get(id);
		if (session != null && !session.arrived()) {
			remove(id);
		}
	}

	/**
	 * Takes back what has departed to another id and could not go on there.
	 * @param rest what was left of a session, with changes that wait
	 * @return the session
	 */
	PendingSession putBack(PendingRest rest) {
		long weight = rest.live().shown().weight();
		synchronized (this) {
			PendingSession session = this.sessions.computeIfAbsent(rest.live().id(),
					(id) -> new PendingSession(rest.live()));
			session.follow(rest);
			this.limit.reserve(session, weight);
			this.view.show(session);
			return session;
		}
	}

	// How many writes have failed since the last that succeeded.
	synchronized int failed(PendingSession session) {
		return session.fail();
	}

	// Whether a repetition will come.
	synchronized void repeats(PendingSession session, boolean repeated) {
		session.repeats(repeated);
	}

	// Whether a repetition would come and nobody else has claimed it.
	synchronized boolean claimRepetition(PendingSession session) {
		return session.claimRepetition();
	}

	synchronized List<PendingSession> all() {
		return List.copyOf(this.sessions.values());
	}

	synchronized boolean contains(String id) {
		return this.sessions.containsKey(id);
	}

	synchronized int size() {
		return this.sessions.size();
	}

	long bytes() {
		return this.limit.bytes();
	}

	private boolean isCurrent(PendingSession session) {
		return this.sessions.get(session.id()) == session;
	}

	/**
	 * A change that waits for its write.
	 *
	 * @param session its session
	 * @param done the outcome of the write
	 */
	record Added(PendingSession session, CompletableFuture<Optional<LiveSession>> done) {
	}

}
