package dev.kvsession.codec.value;

import java.io.Serializable;

/**
 * Replaces the exception of a failed login in Java's serialized form. Immutable. Records
 * contain its name, which must not change.
 *
 * @param json the exception, stored as JSON
 */
public record StoredFailure(String json) implements Serializable {

	private static final long serialVersionUID = 1L;

	@Override
	public String toString() {
		return "StoredFailure[" + this.json.length() + " chars]";
	}

}
