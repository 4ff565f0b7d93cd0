package dev.kvsession.session.index;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which sessions a sign-out ends. Immutable.
 *
 * @param indexName the index
 * @param value the value in it
 * @param latest the latest time, in KV's time, at which a session that ends got its
 * principal; {@code null} if it does not matter
 * @param kept the session that stays, under whatever id, or {@code null} for none
 */
public record SignOut(String indexName, String value, @Nullable Instant latest, @Nullable Found kept) {

	boolean ends(Found found) {
		// mutant: sign-out-time
		boolean before = this.latest == null || !found.since().isAfter(this.latest);
		return before && (this.kept == null || !(found.id().equals(this.kept.id()) || found.isSame(this.kept)));
	}

	/** Whether it ends all that an earlier one does. */
	boolean covers(SignOut earlier) {
		boolean later = this.latest == null || (earlier.latest != null && !this.latest.isBefore(earlier.latest));
		return later && (this.kept == null || (earlier.kept != null && this.kept.isSame(earlier.kept)));
	}

	@Override
	public String toString() {
		return "SignOut[latest=" + this.latest + "]";
	}

}
