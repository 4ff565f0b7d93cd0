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

	/** Writes an entry, deletes the key if {@code null}, or refuses. */
	public void write(String key, @Nullable KvEntry entry, Turn turn) {
		this.rate.require(key, turn);
		apply(key, entry, turn);
	}

	/** Writes as part of a bulk call; {@code false} if this key alone fails. */
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
