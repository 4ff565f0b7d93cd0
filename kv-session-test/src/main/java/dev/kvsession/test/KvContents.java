package dev.kvsession.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.store.Replicas;

/**
 * The stored entries as they are, without staleness, limits or log. Safe for concurrent
 * use.
 */
public final class KvContents {

	private final Supplier<Replicas> replicas;

	private final InstantSource clock;

	KvContents(Supplier<Replicas> replicas, InstantSource clock) {
		this.replicas = replicas;
		this.clock = clock;
	}

	/**
	 * Returns what is stored under a key.
	 * @param key the key
	 * @return the last write, or {@code null} if there is none, or it is deleted or
	 * expired
	 */
	public @Nullable KvEntry get(String key) {
		return this.replicas.get().truth(key, this.clock.instant());
	}

	/**
	 * Returns the keys that begin with a prefix.
	 * @param prefix the prefix; empty for all keys
	 * @return the keys, in the order in which KV lists them
	 */
	public List<String> keys(String prefix) {
		return this.replicas.get().trueKeys(prefix, this.clock.instant());
	}

	/**
	 * Stores text, at once visible to every reader.
	 * @param key the key
	 * @param value the value
	 * @param ttl after how long it expires, or {@code null} for never; may be shorter
	 * than KV accepts
	 */
	public void store(String key, String value, @Nullable Duration ttl) {
		store(key, value.getBytes(StandardCharsets.UTF_8), ttl);
	}

	/**
	 * Stores bytes, at once visible to every reader.
	 * @param key the key
	 * @param value the value; not copied
	 * @param ttl after how long it expires, or {@code null} for never; may be shorter
	 * than KV accepts
	 */
	public void store(String key, byte[] value, @Nullable Duration ttl) {
		put(key, new KvEntry(value, null, (ttl != null) ? this.clock.instant().plus(ttl) : null));
	}

	void put(String key, KvEntry entry) {
		this.replicas.get().settle(key, entry, this.clock.instant());
	}

	/**
	 * Removes a key, at once for every reader.
	 * @param key the key
	 */
	public void remove(String key) {
		this.replicas.get().settle(key, null, this.clock.instant());
	}

}
