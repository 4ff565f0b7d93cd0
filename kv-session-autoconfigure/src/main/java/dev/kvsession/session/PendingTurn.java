package dev.kvsession.session;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;

/**
 * What one turn of a session has to write, as it was when the turn began. Immutable.
 *
 * @param session whose turn it is
 * @param batch the changes
 * @param base what the first record is made of, or {@code null} if KV has a record
 * @param deferred whether KV could not take them before, so that time has passed since
 * @param predecessors the ids that end once KV has the record
 * @param endAfter how long after that they end
 */
record PendingTurn(PendingSession session, PendingBatch batch, @Nullable SessionRecord base, boolean deferred,
		List<String> predecessors, Duration endAfter) {

	String id() {
		return this.session.id();
	}

	@Override
	public String toString() {
		return "PendingTurn[" + SessionIdHash.of(id()) + "]";
	}

}
