package dev.kvsession.client.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Lets only one write or delete of a key be ready or under way, in the order in which
 * they were asked for. Guarded by the engine's lock.
 */
final class WriteOrder {

	private final Map<String, Deque<WriteItem>> lanes = new HashMap<>();

	/**
	 * Takes a new item's place.
	 * @param item the item
	 * @return whether it is the only one of its key
	 */
	boolean enter(WriteItem item) {
		Deque<WriteItem> lane = this.lanes.computeIfAbsent(item.key(), (key) -> new ArrayDeque<>(1));
		lane.add(item);
		return lane.size() == 1;
	}

	/**
	 * Gives an item's place up.
	 * @param item the item
	 * @return the one whose turn it now is, or {@code null} if it was not this one's turn
	 * or nobody waits
	 */
	@Nullable WriteItem leave(WriteItem item) {
		Deque<WriteItem> lane = this.lanes.get(item.key());
		if (lane == null) {
			return null;
		}
		boolean first = lane.peek() == item;
		lane.remove(item);
		if (lane.isEmpty()) {
			this.lanes.remove(item.key());
			return null;
		}
		return first ? lane.peek() : null;
	}

	/**
	 * Lists all who wait behind another.
	 * @return them
	 */
	Stream<WriteItem> behind() {
		return this.lanes.values().stream().flatMap((lane) -> lane.stream().skip(1));
	}

}
