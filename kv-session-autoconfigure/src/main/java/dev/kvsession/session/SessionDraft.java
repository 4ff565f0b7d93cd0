package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.settings.SessionIdHash;

/**
 * What one save takes from a session: everything at one moment, whatever other threads do
 * to the session while it is written. Immutable.
 *
 * @param id the session's id
 * @param live the session as it was found, perhaps under another id; {@code null} if it
 * is new
 * @param change what is to be written
 * @param createdAt when the session was created
 * @param interval its max inactive interval
 * @param attributes where the attributes' changes come from
 * @param intervalSetting where the change of the interval comes from, or {@code null} if
 * there is none
 */
public record SessionDraft(String id, @Nullable LiveSession live, SessionChange change, Instant createdAt,
		Duration interval, AttributeDelta.State attributes, @Nullable IntervalSetting intervalSetting) {

	boolean isNew() {
		return this.live == null;
	}

	boolean isRenamed() {
		return this.live != null && !this.live.id().equals(this.id);
	}

	@Nullable String idBefore() {
		return (this.live != null) ? this.live.id() : null;
	}

	/** What a session is before its first change: a record without attributes. */
	SessionRecord firstRecord(Stamp rev) {
		return new SessionRecord(rev, this.createdAt, this.change.lastAccessedAt(), null, this.interval, null, Map.of(),
				Map.of(), Map.of(), Map.of());
	}

	@Override
	public String toString() {
		return "SessionDraft[" + SessionIdHash.of(this.id) + "]";
	}

	/**
	 * A max inactive interval as the application set it.
	 *
	 * @param interval the interval, in whole seconds
	 * @param change whether the newest state known here had another one, or another one
	 * was in flight
	 * @param at as for {@link AttributeDelta.AttributeSetting}
	 */
	record IntervalSetting(Duration interval, boolean change, @Nullable Stamp at) {
	}

}
