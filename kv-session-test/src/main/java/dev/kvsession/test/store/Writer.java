package dev.kvsession.test.store;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEntry;

/** Applies writes and deletes, one a second per key. */
public final class Writer {

	private final Replicas replicas;

	private final WriteRate rate = new WriteRate();

	public Writer(Replicas replicas) {
		this.replicas = replicas;
	}

	/**
	 * Writes or refuses.
	 * @param key the key
	 * @param entry what to store, or {@code null} to delete
	 * @param turn the circumstances
	 */
	public void write(String key, @Nullable KvEntry entry, Turn turn) {
		this.rate.require(key, turn);
		apply(key, entry, turn);
	}

	/**
	 * Writes as part of a bulk call, where a key that fails does not fail the others.
	 * @param key the key
	 * @param entry what to store, or {@code null} to delete
	 * @param turn the circumstances
	 * @return whether it was written
	 */
	public boolean tryWrite(String key, @Nullable KvEntry entry, Turn turn) {
		if (turn.failing().test(key) || !this.rate.allows(key, turn)) {
			return false;
		}
		apply(key, entry, turn);
		return true;
	}

	public void clear() {
		this.rate.clear();
	}

	private void apply(String key, @Nullable KvEntry entry, Turn turn) {
		this.rate.count(key, turn);
		this.replicas.write(key, entry, turn);
	}

}
