package dev.kvsession.client.engine;

import java.util.Map;
import java.util.Set;

/**
 * What KV answered to a call. Immutable.
 *
 * @param found what was read
 * @param undone the keys that were not written or deleted
 */
record BatchAnswer(Map<String, String> found, Set<String> undone) {

	static final BatchAnswer ALL_DONE = new BatchAnswer(Map.of(), Set.of());

	static BatchAnswer found(Map<String, String> found) {
		return new BatchAnswer(found, Set.of());
	}

	static BatchAnswer undone(Set<String> keys) {
		return new BatchAnswer(Map.of(), keys);
	}

	@Override
	public String toString() {
		return "BatchAnswer[" + this.found.size() + " found, " + this.undone.size() + " undone]";
	}

}
