package dev.kvsession.session;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;

/**
 * Lets the requests of this instance see changes that were accepted and wait to be
 * written. Safe for concurrent use.
 */
final class PendingView {

	/**
	 * What a session occupies beside its text, encoded and decoded; as a snapshot weighs.
	 */
	private static final int OVERHEAD_BYTES = 1024;

	private final SessionWrites writes;

	private final NearCache sessions;

	PendingView(SessionWrites writes, NearCache sessions) {
		this.writes = writes;
		this.sessions = sessions;
	}

	/**
	 * How much memory a session will take; fails if its record cannot be stored.
	 * @param live the session
	 * @param change what is to be changed of it
	 * @return an estimate, in bytes
	 */
	long weight(LiveSession live, SessionChange change) {
		return OVERHEAD_BYTES + 2L * this.writes.recordSize(live.shown(), change);
	}

	/**
	 * Shows a session as it will be, and nothing of it that nobody was told to be saved.
	 * @param session the session
	 */
	void show(PendingSession session) {
		SessionChange accepted = session.batches().accepted();
		if (accepted == null) {
			hide(session);
			return;
		}
		int size = (int) (session.weight() - OVERHEAD_BYTES) / 2;
		session.live.overlay((known) -> unchanged(session.live, known, this.writes.preview(known, accepted, size)));
		if (session.hasNoRecord()) {
			session.live.markUnwritten();
		}
		this.sessions.hold(session.live);
	}

	/*
	 * A new stamp for the same state would outweigh what another instance has built on
	 * it.
	 */
	private static Snapshot unchanged(LiveSession live, Snapshot known, Snapshot next) {
		Snapshot shown = live.shown();
		boolean newer = shown.record().rev().compareTo(known.record().rev()) > 0;
		return (newer && isSame(shown.record(), next.record())) ? shown : next;
	}

	/**
	 * Whether two records say the same, but for their stamps and the last access.
	 * @param a a record
	 * @param b another
	 * @return whether they do
	 */
	static boolean isSame(SessionRecord a, SessionRecord b) {
		return a.attributes().equals(b.attributes()) && a.removed().equals(b.removed())
				&& a.maxInactiveInterval().equals(b.maxInactiveInterval()) && a.claims().equals(b.claims());
	}

	/**
	 * Shows a session as KV has it.
	 * @param session the session
	 */
	void hide(PendingSession session) {
		session.live.overlay(null);
		this.sessions.release(session.id());
	}

	/**
	 * Forgets a session that has ended or goes on under another id. A request that has
	 * just found it still sees its changes.
	 * @param session the session
	 */
	void forget(PendingSession session) {
		this.sessions.release(session.id());
	}

	static SessionRecord stamped(SessionRecord record, Stamp rev) {
		return new SessionRecord(rev, record.createdAt(), record.lastAccessedAt(), record.expiresAt(),
				record.maxInactiveInterval(), record.maxInactiveIntervalAt(), record.claims(), record.attributes(),
				record.removed(), record.unknown());
	}

}
