package dev.kvsession.client.engine.queue;

import dev.kvsession.client.KvLimits;

/**
 * What a call does. KV counts its daily quotas by it, and a call does only one.
 */
public enum CallKind {

	/** Always as a bulk read, whose answer names its keys. */
	READ("bulk get", "bulk get", "reads", KvLimits.MAX_BULK_GET_KEYS),

	/** One page of a listing. */
	LIST("list", "list", "lists", 1),

	PUT("put", "bulk put", "writes", KvLimits.MAX_BULK_PAIRS),
	DELETE("delete", "bulk delete", "deletes", KvLimits.MAX_BULK_PAIRS);

	private final String one;

	private final String many;

	private final String plural;

	private final int mostKeys;

	CallKind(String one, String many, String plural, int mostKeys) {
		this.one = one;
		this.many = many;
		this.plural = plural;
		this.mostKeys = mostKeys;
	}

	/** Whether it changes nothing in KV. */
	public boolean isRead() {
		return this == READ || this == LIST;
	}

	/** The most keys of one call, by KV's limits. */
	int mostKeys() {
		return this.mostKeys;
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
