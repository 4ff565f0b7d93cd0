package dev.kvsession.test.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Remembers values for a while. Confined to its owner's lock. */
final class TimedCache<T> {

	/** Oldest first. */
	private final Map<String, Timed<T>> entries = new LinkedHashMap<>();

	@Nullable T get(String key, Instant now, Duration ttl) {
		Timed<T> entry = this.entries.get(key);
		return (entry != null && entry.at().plus(ttl).isAfter(now)) ? entry.value() : null;
	}

	void put(String key, T value, Instant now) {
		this.entries.remove(key);
		this.entries.put(key, new Timed<>(now, value));
	}

	void remove(String key) {
		this.entries.remove(key);
	}

	void evict(Instant now, Duration ttl) {
		Iterator<Timed<T>> oldest = this.entries.values().iterator();
		while (oldest.hasNext() && !oldest.next().at().plus(ttl).isAfter(now)) {
			oldest.remove();
		}
	}

	void clear() {
		this.entries.clear();
	}

	private record Timed<T>(Instant at, T value) {
	}

}
