package dev.kvsession.codec;

import java.io.Serializable;

/**
 * Stands for a failed login's exception in Java's serialized form. Records contain its
 * name, which must not change.
 *
 * @param json the exception, stored as JSON
 */
record StoredFailure(String json) implements Serializable {

	private static final long serialVersionUID = 1L;

	@Override
	public String toString() {
		return "StoredFailure[" + this.json.length() + " chars]";
	}

}
