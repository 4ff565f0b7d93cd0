package dev.kvsession.client.engine.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;

/**
 * The queued items in their order. Of the writes and deletes of one key only the first
 * can be sent. A batch that was refused as a whole is queued in two parts, each to be
 * sent in its own call. Guarded by the engine's lock. Times are nanoseconds.
 */
public final class Waiting {

	/** Longest wait of a refresh. The values are some tens of seconds old anyway. */
	private static final Duration REFRESH = Duration.ofSeconds(10);

	private static final Duration TOUCH = Duration.ofSeconds(3);

	/** Shorter than people look at a page before they change something on it. */
	private static final Duration REVALIDATE = Duration.ofSeconds(2);

	/** A batch of so many writes gains nothing by waiting for more. */
	private static final int MANY_WRITES = 1000;

	/** Most queued keys, so that memory stays bounded. */
	private static final int MOST_WAITING = 10_000;

	private final Set<Item> all = new LinkedHashSet<>();

	private final Map<CallKind, Map<KvCallClass, LinkedHashSet<Item>>> ready = new EnumMap<>(CallKind.class);

	private final TreeSet<Item> later = new TreeSet<>(
			Comparator.comparingLong(Item::notBefore).thenComparingLong(Item::number));

	private final Map<KvCallClass, Deque<List<Item>>> parts = new EnumMap<>(KvCallClass.class);

	private final PriorityQueue<Item> apart = new PriorityQueue<>(Comparator.comparingLong(Item::since));

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

	public int keys(CallKind kind) {
		return this.keysByKind.getOrDefault(kind, 0);
	}

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
	 * Returns a queued read that another caller can join, or {@code null}. A more urgent
	 * caller makes it as urgent, and its wait begins again.
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

	/** Lists the queued single reads of keys that are about to be read. */
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

	/**
	 * Queues the halves of a batch, each to be sent in its own call before all others.
	 */
	public void split(List<Item> items) {
		int middle = items.size() / 2;
		items.forEach((item) -> move(item, Item.Place.APART));
		addPart(items.subList(0, middle));
		addPart(items.subList(middle, items.size()));
	}

	private void addPart(List<Item> part) {
		part.stream().map(Item::callClass).min(Comparator.naturalOrder()).ifPresent((best) -> {
			this.parts.computeIfAbsent(best, (key) -> new ArrayDeque<>()).add(List.copyOf(part));
			part.stream().filter((item) -> !item.callClass().isBackground()).forEach(this.apart::add);
		});
	}

	/** Whether a part is queued whose best class this is. */
	public boolean hasPart(KvCallClass best) {
		Deque<List<Item>> queued = this.parts.get(best);
		while (queued != null && !queued.isEmpty() && queued.element().stream().noneMatch(Waiting::isApart)) {
			queued.remove();
		}
		return queued != null && !queued.isEmpty();
	}

	/** Returns what is still queued of the next part of a class; it must have one. */
	public List<Item> nextPart(KvCallClass best) {
		return Objects.requireNonNull(this.parts.get(best)).remove().stream().filter(Waiting::isApart).toList();
	}

	/**
	 * Returns the oldest item of the parts for which a request waits, or {@code null}.
	 */
	public @Nullable Item oldestApart() {
		while (!this.apart.isEmpty() && !isApart(this.apart.element())) {
			this.apart.remove();
		}
		return this.apart.peek();
	}

	private static boolean isApart(Item item) {
		return item.place() == Item.Place.APART;
	}

	/** When the ready items of a kind and class are to be sent; MAX_VALUE for none. */
	public long dueAt(CallKind kind, KvCallClass callClass) {
		LinkedHashSet<Item> items = ready(kind, callClass);
		if (items.isEmpty()) {
			return Long.MAX_VALUE;
		}
		long since = items.iterator().next().since();
		int full = kind.isRead() ? kind.mostKeys() : MANY_WRITES;
		int keys = 0;
		Iterator<Item> iterator = items.iterator();
		while (keys < full && iterator.hasNext()) {
			keys += iterator.next().keys().size();
		}
		return (keys >= full) ? since : since + switch (callClass) {
			case REFRESH -> REFRESH.toNanos();
			case TOUCH -> TOUCH.toNanos();
			case REVALIDATE -> REVALIDATE.toNanos();
			default -> 0;
		};
	}

	/**
	 * Whether an item may be queued. Each class has its own bound, so that a flood of one
	 * rejects no other.
	 */
	public boolean hasRoomFor(Item item) {
		int most = switch (item.callClass()) {
			case LOGIN -> 2 * MOST_WAITING;
			case READ, UNKNOWN_ID, WRITE, LOGIN_START, ANONYMOUS, TOUCH -> MOST_WAITING;
			// All sessions in use are queued when the budget cannot read them in time.
			case REVALIDATE, REFRESH -> 5 * MOST_WAITING;
		};
		return keys(item.callClass()) + item.keys().size() <= most;
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

	/** Takes items to be sent: ready ones, or a part of a batch. */
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
