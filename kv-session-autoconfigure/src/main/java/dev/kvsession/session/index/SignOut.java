package dev.kvsession.session.index;

import java.time.Instant;
import java.util.List;

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

	/** Of two sign-outs of one kind, the one that ends more. */
	SignOut laterOf(SignOut other) {
		return (this.latest != null && other.latest != null && this.latest.isAfter(other.latest)) ? this : other;
	}

	/** Equal for sign-outs of which the later ends all that the earlier one would. */
	List<Object> kind() {
		Object stays = "none";
		if (this.kept != null) {
			stays = this.kept.isKnownById() ? this.kept.id() : List.of(this.kept.createdAt(), this.kept.since());
		}
		return List.of(this.indexName, this.value, this.latest != null, stays);
	}

	@Override
	public String toString() {
		return "SignOut[latest=" + this.latest + "]";
	}

}
