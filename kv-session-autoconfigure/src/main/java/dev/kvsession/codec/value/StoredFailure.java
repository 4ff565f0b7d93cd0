package dev.kvsession.codec.value;

import java.io.Serializable;

/**
 * Replaces a failed login's exception in Java's serialized form by its JSON. Records
 * contain this class's name, which must not change.
 */
public record StoredFailure(String json) implements Serializable {

	private static final long serialVersionUID = 1L;

	@Override
	public String toString() {
		return "StoredFailure[" + this.json.length() + " chars]";
	}

}
