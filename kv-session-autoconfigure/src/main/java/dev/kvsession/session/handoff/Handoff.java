package dev.kvsession.session.handoff;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.settings.SessionIdHash;

/**
 * The content of a handoff cookie. Immutable.
 *
 * @param id the session's id
 * @param rev the record's stamp
 * @param issuedAtMillis epoch milliseconds
 * @param record the record as JSON, or {@code null} if it was too large
 */
public record Handoff(String id, Stamp rev, long issuedAtMillis, @Nullable String record) {

	/** As long as a reader of KV may lag. */
	public static final Duration LIFETIME = Lifetimes.LONGEST_READER_LAG;

	/** Older than any record. */
	private static final Stamp NO_STATE = new Stamp(0, 0, "0");

	/** What a signed id tells by itself: that there is a session, whatever its state. */
	public static Handoff ofId(String id, long nowMillis) {
		return new Handoff(id, NO_STATE, nowMillis, null);
	}

	/** Whether it is of a signed id alone, of which KV may have nothing. */
	public boolean isOfId() {
		return this.rev.equals(NO_STATE);
	}

	Handoff withoutRecord() {
		return new Handoff(this.id, this.rev, this.issuedAtMillis, null);
	}

	@Override
	public String toString() {
		return "Handoff[" + SessionIdHash.of(this.id) + "]";
	}

}
