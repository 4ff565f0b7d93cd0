package dev.kvsession.client;

import java.util.Set;

/**
 * Outcome of a bulk write or delete that KV answered. Immutable.
 *
 * @param unsuccessfulKeys the keys that KV asks to send again; empty if all succeeded
 */
public record KvBulkResult(Set<String> unsuccessfulKeys) {

	public KvBulkResult {
		unsuccessfulKeys = Set.copyOf(unsuccessfulKeys);
	}

	@Override
	public String toString() {
		return "KvBulkResult[" + this.unsuccessfulKeys.size() + " unsuccessful]";
	}

}
