package dev.kvsession.session.vector;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A case of {@code edge-worker/vectors}, whose README says what its fields mean.
 */
@JsonInclude(Include.NON_NULL)
@JsonPropertyOrder({ "name", "id", "stored", "env", "cookie", "authorization", "record", "gone", "renamed", "now",
		"expected", "refused" })
record Vector(String name, @JsonInclude(Include.ALWAYS) String id, String stored, Map<String, String> env,
		String cookie, String authorization, String record, String gone, String renamed, long now, Expected expected,
		String refused) {

	Vector named(String other) {
		return new Vector(other, this.id, this.stored, this.env, this.cookie, this.authorization, this.record,
				this.gone, this.renamed, this.now, this.expected, this.refused);
	}

	/**
	 * Under which name KV holds the session.
	 */
	String storedAs() {
		return (this.stored != null) ? this.stored : this.id;
	}

	/**
	 * The same session for a Worker with other variables.
	 */
	Vector in(Map<String, String> other) {
		return new Vector(this.name, this.id, this.stored, other, this.cookie, this.authorization, this.record,
				this.gone, this.renamed, this.now, this.expected, this.refused);
	}

	Vector at(long time) {
		return new Vector(this.name, this.id, this.stored, this.env, this.cookie, this.authorization, this.record,
				this.gone, this.renamed, time, this.expected, this.refused);
	}

	Vector withCookie(String value) {
		return new Vector(this.name, this.id, this.stored, this.env, value, null, this.record, this.gone, this.renamed,
				this.now, this.expected, this.refused);
	}

	Vector withAuthorization(String value) {
		return new Vector(this.name, this.id, this.stored, this.env, null, value, this.record, this.gone, this.renamed,
				this.now, this.expected, this.refused);
	}

	Vector withRecord(String text) {
		return new Vector(this.name, this.id, this.stored, this.env, this.cookie, this.authorization, text, this.gone,
				this.renamed, this.now, this.expected, this.refused);
	}

	/**
	 * The same case, in which there is no session.
	 */
	Vector refused(String reason) {
		return new Vector(this.name, this.id, this.stored, this.env, this.cookie, this.authorization, this.record,
				this.gone, this.renamed, this.now, null, reason);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What a good session says, times in epoch milliseconds.
	 */
	@JsonPropertyOrder({ "userId", "claims", "createdAt", "expiresAt" })
	record Expected(String userId, Map<String, Object> claims, long createdAt, Long expiresAt) {

		/**
		 * What both languages take out of a record's claims.
		 */
		static Expected of(Map<String, Object> claims, long createdAt, Long expiresAt) {
			boolean named = claims.get("userId") instanceof String name && !name.isEmpty();
			return new Expected(named ? (String) claims.get("userId") : null, claims, createdAt, expiresAt);
		}

	}

}
