package dev.kvsession.session;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;

/**
 * What one instance tells the next one of a session through the user's browser, because
 * KV may not show it yet. Immutable.
 *
 * @param id the session's id
 * @param rev the record's stamp
 * @param issuedAtMillis when it was told, epoch milliseconds
 * @param record the record as JSON, or {@code null} if it was too large
 */
record Handoff(String id, Stamp rev, long issuedAtMillis, @Nullable String record) {

	Handoff withoutRecord() {
		return new Handoff(this.id, this.rev, this.issuedAtMillis, null);
	}

	/**
	 * Whether it knows of a newer state than a session is in.
	 * @param known what this instance knows of the session, or {@code null} for nothing
	 * @return whether it does
	 */
	boolean isNewerThan(@Nullable LiveSession known) {
		return known == null || this.rev.compareTo(known.shown().record().rev()) > 0;
	}

	@Override
	public String toString() {
		return "Handoff[" + SessionIdHash.of(this.id) + "]";
	}

}
