package dev.kvsession.client.engine.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;

/**
 * Halves of batches that were refused as a whole, each to be sent in its own call.
 * Guarded by the engine's lock.
 */
public final class Parts {

	private final Map<KvCallClass, Deque<List<Item>>> byClass = new EnumMap<>(KvCallClass.class);

	private final PriorityQueue<Item> waitedFor = new PriorityQueue<>(Comparator.comparingLong(Item::since));

	/** Adds a part. */
	void add(List<Item> part) {
		part.stream().map(Item::callClass).min(Comparator.naturalOrder()).ifPresent((best) -> {
			this.byClass.computeIfAbsent(best, (key) -> new ArrayDeque<>()).add(List.copyOf(part));
			part.stream().filter((item) -> !item.callClass().isBackground()).forEach(this.waitedFor::add);
		});
	}

	/**
	 * Whether a class has a part that is to be sent.
	 * @param best the best class in the part
	 */
	public boolean has(KvCallClass best) {
		Deque<List<Item>> parts = this.byClass.get(best);
		while (parts != null && !parts.isEmpty() && parts.element().stream().noneMatch(Parts::isApart)) {
			parts.remove();
		}
		return parts != null && !parts.isEmpty();
	}

	/**
	 * Takes the next part of a class.
	 * @param best the best class in the part
	 * @return what of it still waits; empty if there is none
	 */
	public List<Item> take(KvCallClass best) {
		Deque<List<Item>> parts = this.byClass.get(best);
		return (parts != null && has(best)) ? parts.remove().stream().filter(Parts::isApart).toList() : List.of();
	}

	/**
	 * Finds who has waited longest of those that somebody waits for.
	 * @return the item, or {@code null} if there is none
	 */
	public @Nullable Item oldest() {
		while (!this.waitedFor.isEmpty() && !isApart(this.waitedFor.element())) {
			this.waitedFor.remove();
		}
		return this.waitedFor.peek();
	}

	private static boolean isApart(Item item) {
		return item.place() == Item.Place.APART;
	}

}
