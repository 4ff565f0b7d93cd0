package dev.kvsession.session;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;

/**
 * What was left of a session's pending changes when they were taken out. Immutable.
 *
 * @param live the session
 * @param base what its first record is made of, or {@code null} if KV has a record
 * @param deferred whether KV could not take the changes before
 * @param waiting what has waited to be written, or {@code null}
 * @param predecessors the ids to be ended, with the latest time at which they end by
 * themselves
 */
record PendingRest(LiveSession live, @Nullable SessionRecord base, boolean deferred, @Nullable PendingBatch waiting,
		Map<String, @Nullable Instant> predecessors) {

	@Override
	public String toString() {
		return "PendingRest[" + SessionIdHash.of(this.live.id()) + "]";
	}

}
