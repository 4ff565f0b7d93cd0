package dev.kvsession.client.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What waits, and in which order. Of the writes and deletes of one key only the first can
 * be sent. Guarded by the engine's lock.
 */
final class Waiting {

	private final Map<CallKind, Map<KvCallClass, LinkedHashSet<Item>>> ready = new EnumMap<>(CallKind.class);

	private final TreeSet<Item> later = new TreeSet<>(
			Comparator.comparingLong(Item::notBefore).thenComparingLong(Item::number));

	private final Parts apart = new Parts();

	private final Map<String, ReadItem> joinable = new HashMap<>();

	private final WriteOrder order = new WriteOrder();

	private final WaitingKeys keys = new WaitingKeys();

	private long repetitions;

	Waiting() {
		for (CallKind kind : CallKind.values()) {
			Map<KvCallClass, LinkedHashSet<Item>> classes = new EnumMap<>(KvCallClass.class);
			Arrays.stream(KvCallClass.values()).forEach((callClass) -> classes.put(callClass, new LinkedHashSet<>()));
			this.ready.put(kind, classes);
		}
	}

	/**
	 * Counts the keys that wait.
	 * @param kind what for
	 * @return how many
	 */
	int keys(CallKind kind) {
		return this.keys.of(kind);
	}

	/**
	 * Counts the keys that wait.
	 * @param callClass what for
	 * @return how many
	 */
	int keys(KvCallClass callClass) {
		return this.keys.of(callClass);
	}

	void add(Item item) {
		if (item instanceof WriteItem write && !this.order.enter(write)) {
			move(item, Item.Place.BEHIND);
			return;
		}
		makeReady(item);
	}

	/**
	 * Finds a read that waits and answers another's question, too. If that makes it more
	 * urgent, it waits anew.
	 * @param key the key
	 * @param callClass what the other is for
	 * @param now nanoseconds
	 * @return the read, or {@code null}
	 */
	@Nullable ReadItem join(String key, KvCallClass callClass, long now) {
		ReadItem item = this.joinable.get(key);
		if (item != null && callClass.compareTo(item.callClass()) < 0) {
			promote(item, callClass, now);
		}
		return item;
	}

	/**
	 * Makes the touch of a key more urgent, because somebody waits behind it.
	 * @param key the key
	 * @param callClass what they want
	 * @param now nanoseconds
	 */
	void hurry(String key, KvCallClass callClass, long now) {
		Stream.of(CallKind.READ, CallKind.PUT)
			.flatMap((kind) -> all(kind).stream())
			.filter((item) -> item.callClass() == KvCallClass.TOUCH && item.keys().contains(key))
			.forEach((item) -> promote(item, callClass, now));
	}

	private void promote(Item item, KvCallClass callClass, long now) {
		boolean wasReady = set(item).remove(item);
		this.keys.add(item, -1);
		item.promote(callClass, now);
		this.keys.add(item, 1);
		if (wasReady) {
			set(item).add(item);
		}
	}

	/**
	 * Lists the reads of one key each that wait for what is about to be read anyway.
	 * @param keys what is about to be read
	 * @return those that could leave at once
	 */
	List<ReadItem> answeredBy(Set<String> keys) {
		return keys.stream().map(this.joinable::get).filter(Objects::nonNull).toList();
	}

	private void makeReady(Item item) {
		set(item).add(item);
		if (item instanceof ReadItem read && read.isSingle()) {
			this.joinable.putIfAbsent(read.keys().iterator().next(), read);
		}
		move(item, Item.Place.READY);
	}

	void later(Item item, long notBefore) {
		item.repeatAt(notBefore, this.repetitions++);
		this.later.add(item);
		move(item, Item.Place.LATER);
	}

	/**
	 * Keeps the halves of a batch for calls of their own, before all else.
	 * @param items the batch
	 */
	void split(List<Item> items) {
		int middle = items.size() / 2;
		items.forEach((item) -> move(item, Item.Place.APART));
		this.apart.add(items.subList(0, middle));
		this.apart.add(items.subList(middle, items.size()));
	}

	Parts apart() {
		return this.apart;
	}

	/**
	 * Takes the next part of a batch that was split.
	 * @param best the best class in the part
	 * @return the part, empty if there is none
	 */
	List<Item> takeApart(KvCallClass best) {
		List<Item> part = this.apart.take(best);
		part.forEach(this::underWay);
		return part;
	}

	/**
	 * Makes ready what has waited long enough to be repeated.
	 * @param now nanoseconds
	 */
	void wake(long now) {
		while (!this.later.isEmpty() && this.later.first().notBefore() <= now) {
			Item item = this.later.first();
			this.later.remove(item);
			makeReady(item);
		}
	}

	long nextWake() {
		return this.later.isEmpty() ? Long.MAX_VALUE : this.later.first().notBefore();
	}

	LinkedHashSet<Item> ready(CallKind kind, KvCallClass callClass) {
		// Both maps are complete from the beginning.
		return Objects.requireNonNull(Objects.requireNonNull(this.ready.get(kind)).get(callClass));
	}

	private LinkedHashSet<Item> set(Item item) {
		return ready(item.kind(), item.callClass());
	}

	/**
	 * Takes items that are to be sent.
	 * @param items ready items
	 */
	void take(List<Item> items) {
		items.forEach((item) -> {
			set(item).remove(item);
			underWay(item);
		});
	}

	private void underWay(Item item) {
		forgetJoinable(item);
		move(item, Item.Place.UNDER_WAY);
	}

	private void forgetJoinable(Item item) {
		if (item instanceof ReadItem read && read.isSingle()) {
			this.joinable.remove(read.keys().iterator().next(), read);
		}
	}

	/**
	 * Ends an item, wherever it is, and lets the next write of its key take its place.
	 * @param item the item
	 */
	void end(Item item) {
		set(item).remove(item);
		this.later.remove(item);
		forgetJoinable(item);
		move(item, Item.Place.NOWHERE);
		if (item instanceof WriteItem write) {
			WriteItem next = this.order.leave(write);
			if (next != null) {
				makeReady(next);
			}
		}
	}

	/**
	 * Lists all that waits.
	 * @param kind what for
	 * @return a copy
	 */
	List<Item> all(CallKind kind) {
		Stream<Item> ready = Arrays.stream(KvCallClass.values())
			.flatMap((callClass) -> ready(kind, callClass).stream());
		Stream<Item> others = Stream.concat(this.later.stream(), this.apart.items());
		return Stream.concat(ready, Stream.concat(others, this.order.behind()))
			.filter((item) -> item.kind() == kind && item.place().isWaiting())
			.toList();
	}

	private void move(Item item, Item.Place place) {
		this.keys.add(item, -1);
		item.place(place);
		this.keys.add(item, 1);
	}

}
