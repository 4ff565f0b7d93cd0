package dev.kvsession.client.engine.queue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;

/**
 * The waiting items in their order. Of the writes and deletes of one key only the first
 * can be sent. Guarded by the engine's lock. Times are nanoseconds.
 */
public final class Waiting {

	private final Set<Item> all = new LinkedHashSet<>();

	private final Map<CallKind, Map<KvCallClass, LinkedHashSet<Item>>> ready = new EnumMap<>(CallKind.class);

	private final TreeSet<Item> later = new TreeSet<>(
			Comparator.comparingLong(Item::notBefore).thenComparingLong(Item::number));

	private final Parts apart = new Parts();

	private final Map<String, Item> joinable = new HashMap<>();

	private final Map<String, Deque<Item>> writes = new HashMap<>();

	private final Map<CallKind, Integer> keysByKind = new EnumMap<>(CallKind.class);

	private final Map<KvCallClass, Integer> keysByClass = new EnumMap<>(KvCallClass.class);

	private long repetitions;

	public Waiting() {
		for (CallKind kind : CallKind.values()) {
			Map<KvCallClass, LinkedHashSet<Item>> classes = new EnumMap<>(KvCallClass.class);
			Arrays.stream(KvCallClass.values()).forEach((callClass) -> classes.put(callClass, new LinkedHashSet<>()));
			this.ready.put(kind, classes);
		}
	}

	/**
	 * Counts the waiting keys.
	 * @param kind the kind of call they wait for
	 */
	public int keys(CallKind kind) {
		return this.keysByKind.getOrDefault(kind, 0);
	}

	/** Counts the waiting keys. */
	public int keys(KvCallClass callClass) {
		return this.keysByClass.getOrDefault(callClass, 0);
	}

	public void add(Item item) {
		if (!item.isRead()) {
			Deque<Item> sameKey = this.writes.computeIfAbsent(item.key(), (key) -> new ArrayDeque<>(1));
			sameKey.add(item);
			if (sameKey.size() > 1) {
				move(item, Item.Place.BEHIND);
				return;
			}
		}
		makeReady(item);
	}

	/**
	 * Finds a waiting read that another caller can join. A more urgent caller makes it as
	 * urgent, and its wait begins again.
	 * @param callClass the other caller's class
	 * @return the read, or {@code null}
	 */
	public @Nullable Item join(String key, KvCallClass callClass, long now) {
		Item item = this.joinable.get(key);
		if (item != null && callClass.compareTo(item.callClass()) < 0) {
			promote(item, callClass, now);
		}
		return item;
	}

	private void promote(Item item, KvCallClass callClass, long now) {
		boolean wasReady = ready(item).remove(item);
		count(item, -1);
		item.promote(callClass, now);
		count(item, 1);
		if (wasReady) {
			ready(item).add(item);
		}
	}

	/**
	 * Lists the single reads of these keys that can be sent at once.
	 * @param keys keys about to be read
	 */
	public List<Item> answeredBy(Set<String> keys) {
		return keys.stream().map(this.joinable::get).filter(Objects::nonNull).toList();
	}

	private void makeReady(Item item) {
		ready(item).add(item);
		if (item.isJoinable()) {
			this.joinable.putIfAbsent(item.key(), item);
		}
		move(item, Item.Place.READY);
	}

	public void later(Item item, long notBefore) {
		item.repeatAt(notBefore, this.repetitions++);
		this.later.add(item);
		move(item, Item.Place.LATER);
	}

	/** Divides a batch in halves, each to be sent in its own call before all others. */
	public void split(List<Item> items) {
		int middle = items.size() / 2;
		items.forEach((item) -> move(item, Item.Place.APART));
		this.apart.add(items.subList(0, middle));
		this.apart.add(items.subList(middle, items.size()));
	}

	public Parts apart() {
		return this.apart;
	}

	/** Makes ready what is due to be repeated. */
	public void wake(long now) {
		while (nextWake() <= now) {
			makeReady(Objects.requireNonNull(this.later.pollFirst()));
		}
	}

	public long nextWake() {
		return this.later.isEmpty() ? Long.MAX_VALUE : this.later.first().notBefore();
	}

	public LinkedHashSet<Item> ready(CallKind kind, KvCallClass callClass) {
		// Both maps are complete from the beginning.
		return Objects.requireNonNull(Objects.requireNonNull(this.ready.get(kind)).get(callClass));
	}

	private LinkedHashSet<Item> ready(Item item) {
		return ready(item.kind(), item.callClass());
	}

	/**
	 * Takes items that are about to be sent.
	 * @param items ready items, or a part of a batch
	 */
	public void take(List<Item> items) {
		items.forEach((item) -> {
			ready(item).remove(item);
			forgetJoinable(item);
			move(item, Item.Place.UNDER_WAY);
		});
	}

	private void forgetJoinable(Item item) {
		if (item.isJoinable()) {
			this.joinable.remove(item.key(), item);
		}
	}

	/** Ends an item, wherever it is, and makes the next write of its key ready. */
	public void end(Item item) {
		ready(item).remove(item);
		this.later.remove(item);
		forgetJoinable(item);
		move(item, Item.Place.NOWHERE);
		Deque<Item> sameKey = item.isRead() ? null : this.writes.get(item.key());
		if (sameKey != null) {
			boolean first = sameKey.peek() == item;
			sameKey.remove(item);
			if (sameKey.isEmpty()) {
				this.writes.remove(item.key());
			}
			else if (first) {
				makeReady(sameKey.element());
			}
		}
	}

	/** Lists the waiting items of a kind. */
	public List<Item> all(CallKind kind) {
		return this.all.stream().filter((item) -> item.kind() == kind).toList();
	}

	private void move(Item item, Item.Place place) {
		count(item, -1);
		item.place(place);
		count(item, 1);
		if (place.isWaiting()) {
			this.all.add(item);
		}
		else {
			this.all.remove(item);
		}
	}

	private void count(Item item, int sign) {
		if (item.place().isWaiting()) {
			this.keysByKind.merge(item.kind(), sign * item.keys().size(), Integer::sum);
			this.keysByClass.merge(item.callClass(), sign * item.keys().size(), Integer::sum);
		}
	}

}
