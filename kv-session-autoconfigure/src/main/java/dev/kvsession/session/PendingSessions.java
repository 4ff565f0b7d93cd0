package dev.kvsession.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;

/**
 * The sessions with changes that are being written or wait for it, in bounded memory.
 * Safe for concurrent use.
 */
final class PendingSessions {

	private final Map<String, PendingSession> sessions = new HashMap<>();

	private final PendingLimit limit = new PendingLimit();

	private final PendingView view;

	private final KvSessionStatistics statistics;

	PendingSessions(PendingView view, KvSessionStatistics statistics) {
		this.view = view;
		this.statistics = statistics;
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
			boolean room = this.sessions.get(session.id()) == session
					&& (batch.accepted() || this.limit.reserve(session, weight));
			if (room) {
				PendingBatch kept = batch.accept();
				PendingBatch waiting = session.waiting;
				session.waiting = (waiting != null) ? kept.again(waiting) : kept.again();
				session.writing = null;
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
			if (!this.limit.reserve(session, weight)) {
				return null;
			}
			this.sessions.put(fresh.id(), session);
			session.waiting = join(session, change, callClass).accept();
			this.view.show(session);
			return session;
		}
	}

	/**
	 * Adds a change whose author waits for it.
	 * @param fresh the session, if nothing is pending of it yet
	 * @param change the change
	 * @param callClass what it is for
	 * @return the session, whose waiting batch carries the change
	 */
	synchronized PendingSession add(PendingSession fresh, SessionChange change, KvCallClass callClass) {
		PendingSession session = this.sessions.computeIfAbsent(fresh.id(), (id) -> fresh);
		join(session, change, callClass);
		return session;
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
	 * Returns the changes of a session on their way to KV that nobody was told to be
	 * saved.
	 * @param id the id
	 * @return the changes, or {@code null} if there are none
	 */
	synchronized @Nullable SessionChange underWay(String id) {
		PendingSession session = this.sessions.get(id);
		return (session != null) ? session.unaccepted() : null;
	}

	/**
	 * Whether all that is pending of a session is its last access.
	 * @param id the id
	 * @return whether it is; not if nothing is pending
	 */
	synchronized boolean isBackground(String id) {
		PendingSession session = this.sessions.get(id);
		return session != null && session.isBackground();
	}

	/**
	 * Makes a touch that is being written as urgent as what waits behind it.
	 * @param id the id
	 * @param callClass what waits
	 * @return whether there was one
	 */
	synchronized boolean hurry(String id, KvCallClass callClass) {
		PendingSession session = this.sessions.get(id);
		return session != null && session.hurry(callClass);
	}

	// What the write of a batch is for by now.
	synchronized KvCallClass urgency(PendingSession session, PendingBatch begun) {
		PendingBatch writing = session.writing;
		return ((writing != null) ? writing : begun).callClass();
	}

	/**
	 * Notes that KV cannot take what waits of a session.
	 * @param session the session
	 */
	synchronized void defer(PendingSession session) {
		if (!session.deferred) {
			session.deferred = true;
			this.statistics.add(KvSessionEvent.DEFERRED_WRITE);
		}
	}

	/**
	 * Takes the next batch of a session out for being written.
	 * @param session the session
	 * @return the batch, or {@code null} if nothing waits any more, or what waited has
	 * gone on under another id
	 */
	synchronized @Nullable PendingBatch begin(PendingSession session) {
		session.planned = false;
		if (this.sessions.get(session.id()) != session) {
			return null;
		}
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
			if (now != null) {
				now.follow(session);
			}
			PendingSession kept = (now != null) ? now : session;
			kept.planned = false;
			this.limit.reserve(kept, weight);
			this.view.show(kept);
		}
	}

	// Whether a repetition will come.
	synchronized void repeats(PendingSession session, boolean repeated) {
		session.planned = repeated;
		session.repeated = repeated;
	}

	/**
	 * Runs something that no change of what is pending may interrupt.
	 * @param <T> its result
	 * @param action what to do with the sessions by id
	 * @return the result
	 */
	synchronized <T extends @Nullable Object> T locked(Function<Map<String, PendingSession>, T> action) {
		return action.apply(this.sessions);
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

}
