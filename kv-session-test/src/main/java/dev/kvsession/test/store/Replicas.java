package dev.kvsession.test.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEntry;

/**
 * The namespace as seen from each location, and as it really is. Safe for concurrent use.
 */
public final class Replicas {

	/** Number of writes after which keys that are gone everywhere are removed. */
	private static final int SWEEP_WRITES = 1000;

	private final NavigableMap<String, KeyHistory> histories = new TreeMap<>(new KeyOrder());

	private final Map<Integer, Location> locations = new HashMap<>();

	private final Replication replication;

	private int writes;

	public Replicas(RandomGenerator random) {
		this.replication = new Replication(random);
	}

	public synchronized @Nullable KvEntry read(String key, Turn turn) {
		Location location = location(turn);
		Duration ttl = turn.settings().staleness().cacheTtl();
		Read read = location.reads.get(key, turn.now(), ttl);
		if (read == null) {
			read = new Read(seen(this.histories.get(key), turn));
			location.reads.evict(turn.now(), ttl);
			location.reads.put(key, read, turn.now());
		}
		KvEntry entry = read.entry();
		return (entry != null && !entry.isExpiredAt(turn.now())) ? entry : null;
	}

	public synchronized KeyPage list(KeyPage.Query query, Turn turn) {
		Location location = location(turn);
		Duration ttl = turn.settings().staleness().cacheTtl();
		KeyPage page = location.lists.get(query.toString(), turn.now(), ttl);
		if (page == null) {
			page = collect(query, turn);
			location.lists.evict(turn.now(), ttl);
			location.lists.put(query.toString(), page, turn.now());
		}
		return page;
	}

	synchronized void write(String key, @Nullable KvEntry entry, Turn turn) {
		sweep(turn.now());
		Version version = new Version(entry, this.replication.visibleAt(turn));
		history(key).add(version, turn.now());
		if (version.isVisible(turn.location(), turn.now())) {
			location(turn).reads.put(key, new Read(entry), turn.now());
		}
	}

	/** Stores an entry, or removes it if {@code null}, visibly everywhere and at once. */
	public synchronized void settle(String key, @Nullable KvEntry entry, Instant now) {
		history(key).add(new Version(entry, List.of(now)), now);
		this.locations.values().forEach((location) -> {
			location.reads.remove(key);
			location.lists.clear();
		});
	}

	public synchronized @Nullable KvEntry truth(String key, Instant now) {
		KeyHistory history = this.histories.get(key);
		return (history != null) ? history.truth(now) : null;
	}

	public synchronized List<String> trueKeys(String prefix, Instant now) {
		return from(prefix, null).entrySet()
			.stream()
			.takeWhile((history) -> history.getKey().startsWith(prefix))
			.filter((history) -> history.getValue().truth(now) != null)
			.map(Map.Entry::getKey)
			.toList();
	}

	public synchronized void clear() {
		this.histories.clear();
		this.locations.clear();
	}

	private KeyPage collect(KeyPage.Query query, Turn turn) {
		List<KeyPage.Key> keys = new ArrayList<>();
		for (Map.Entry<String, KeyHistory> history : from(query.prefix(), query.after()).entrySet()) {
			if (!history.getKey().startsWith(query.prefix())) {
				break;
			}
			KvEntry entry = seen(history.getValue(), turn);
			if (entry != null && keys.size() == query.limit()) {
				return new KeyPage(keys, keys.get(keys.size() - 1).name());
			}
			if (entry != null) {
				keys.add(new KeyPage.Key(history.getKey(), entry));
			}
		}
		return new KeyPage(keys, null);
	}

	private NavigableMap<String, KeyHistory> from(String prefix, @Nullable String after) {
		return (after != null) ? this.histories.tailMap(after, false) : this.histories.tailMap(prefix, true);
	}

	private static @Nullable KvEntry seen(@Nullable KeyHistory history, Turn turn) {
		return (history != null) ? history.seenFrom(turn.location(), turn.now()) : null;
	}

	private void sweep(Instant now) {
		this.writes++;
		if (this.writes % SWEEP_WRITES == 0) {
			this.histories.values().removeIf((history) -> history.isGone(now));
		}
	}

	private KeyHistory history(String key) {
		return this.histories.computeIfAbsent(key, (name) -> new KeyHistory());
	}

	private Location location(Turn turn) {
		return this.locations.computeIfAbsent(turn.location(), (number) -> new Location());
	}

	/** What a location remembers having read. */
	private static final class Location {

		private final TimedCache<Read> reads = new TimedCache<>();

		private final TimedCache<KeyPage> lists = new TimedCache<>();

	}

	/** A remembered read: an entry, or that there was none. */
	private record Read(@Nullable KvEntry entry) {
	}

}
