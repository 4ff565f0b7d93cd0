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
	 * Whether it may know of something that this instance does not: a newer state, or one
	 * that another instance wrote at the same time.
	 * @param known what this instance knows of the session, or {@code null} for nothing
	 * @return whether it may
	 */
	boolean mayTellMoreThan(@Nullable LiveSession known) {
		if (known == null) {
			return true;
		}
		Stamp held = known.shown().record().rev();
		boolean concurrent = this.record != null && !this.rev.writer().equals(held.writer())
				&& !this.rev.equals(known.confirmation().told());
		return concurrent || this.rev.compareTo(held) > 0;
	}

	@Override
	public String toString() {
		return "Handoff[" + SessionIdHash.of(this.id) + "]";
	}

}
