package dev.kvsession.client.engine;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts the keys of what waits. Guarded by the engine's lock.
 */
final class WaitingKeys {

	private final Map<CallKind, Integer> kinds = new EnumMap<>(CallKind.class);

	private final Map<KvCallClass, Integer> classes = new EnumMap<>(KvCallClass.class);

	int of(CallKind kind) {
		return this.kinds.getOrDefault(kind, 0);
	}

	int of(KvCallClass callClass) {
		return this.classes.getOrDefault(callClass, 0);
	}

	/**
	 * Counts an item, if it waits.
	 * @param item the item
	 * @param times 1 when it comes, -1 when it goes
	 */
	void add(Item item, int times) {
		if (item.place().isWaiting()) {
			int keys = times * item.keys().size();
			this.kinds.merge(item.kind(), keys, Integer::sum);
			this.classes.merge(item.callClass(), keys, Integer::sum);
		}
	}

}
