package dev.kvsession.session.vector;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A case of {@code edge-worker/vectors}, whose README says what its fields mean.
 */
@JsonInclude(Include.NON_NULL)
@JsonPropertyOrder({ "name", "id", "cookie", "authorization", "record", "gone", "renamed", "now", "expected",
		"refused" })
record Vector(String name, @JsonInclude(Include.ALWAYS) String id, String cookie, String authorization, String record,
		String gone, String renamed, long now, Expected expected, String refused) {

	Vector named(String other) {
		return new Vector(other, this.id, this.cookie, this.authorization, this.record, this.gone, this.renamed,
				this.now, this.expected, this.refused);
	}

	Vector at(long time) {
		return new Vector(this.name, this.id, this.cookie, this.authorization, this.record, this.gone, this.renamed,
				time, this.expected, this.refused);
	}

	Vector withCookie(String value) {
		return new Vector(this.name, this.id, value, null, this.record, this.gone, this.renamed, this.now,
				this.expected, this.refused);
	}

	Vector withAuthorization(String value) {
		return new Vector(this.name, this.id, null, value, this.record, this.gone, this.renamed, this.now,
				this.expected, this.refused);
	}

	Vector withRecord(String text) {
		return new Vector(this.name, this.id, this.cookie, this.authorization, text, this.gone, this.renamed, this.now,
				this.expected, this.refused);
	}

	/**
	 * The same case, in which there is no session.
	 */
	Vector refused(String reason) {
		return new Vector(this.name, this.id, this.cookie, this.authorization, this.record, this.gone, this.renamed,
				this.now, null, reason);
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
