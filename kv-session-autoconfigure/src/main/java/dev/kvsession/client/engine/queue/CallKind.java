package dev.kvsession.client.engine.queue;

/**
 * What a call does. KV counts its daily quotas by it, and a call does only one.
 */
public enum CallKind {

	/** Always as a bulk read, whose answer names its keys. */
	READ("bulk get", "bulk get", "reads"),

	PUT("put", "bulk put", "writes"), DELETE("delete", "bulk delete", "deletes");

	private final String one;

	private final String many;

	private final String plural;

	CallKind(String one, String many, String plural) {
		this.one = one;
		this.many = many;
		this.plural = plural;
	}

	public String one() {
		return this.one;
	}

	String many() {
		return this.many;
	}

	public String plural() {
		return this.plural;
	}

}
