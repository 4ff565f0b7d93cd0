package dev.kvsession.client.engine.queue;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.kvsession.client.KvLimits;

/** Fills one call with items. Confined to one thread. */
public final class Room {

	/**
	 * Keys and bytes of a bulk write while somebody waits to be logged in: the whole
	 * batch has to be sent and stored before they get on.
	 */
	private static final int BRISK_KEYS = 1000;

	private static final long BRISK_BYTES = 5L * 1024 * 1024;

	/**
	 * Half of what KV takes, so that an estimate that is a little wrong does not make two
	 * calls of one.
	 */
	private static final long MOST_BYTES = KvLimits.MAX_BULK_BYTES / 2;

	private final int maxKeys;

	private final long maxBytes;

	private final Set<Item> items = new LinkedHashSet<>();

	private final Set<String> keys = new HashSet<>();

	private long bytes;

	private Room(int maxKeys, long maxBytes) {
		this.maxKeys = maxKeys;
		this.maxBytes = maxBytes;
	}

	/** The room for reads, or for writes and deletes that nobody has to wait for. */
	public static Room of(CallKind kind, int mostWrites) {
		return new Room(kind.isRead() ? kind.mostKeys() : mostWrites, MOST_BYTES);
	}

	/** The room while logins wait. */
	public static Room forLogins(CallKind kind, int mostWrites) {
		int writes = Math.min(BRISK_KEYS, mostWrites);
		return new Room(kind.isRead() ? kind.mostKeys() : writes, BRISK_BYTES);
	}

	/** Takes what fits, in the order given. */
	public void fill(Collection<Item> candidates) {
		fill(candidates, this.maxKeys);
	}

	/** Takes what fits, in the order given, until half of the keys are there. */
	public void fillHalf(Collection<Item> candidates) {
		fill(candidates, this.maxKeys / 2);
	}

	private void fill(Collection<Item> candidates, int most) {
		Iterator<Item> iterator = candidates.iterator();
		while (iterator.hasNext() && this.keys.size() < most) {
			add(iterator.next());
		}
	}

	private void add(Item item) {
		Set<String> added = new HashSet<>(item.keys());
		added.removeAll(this.keys);
		boolean fits = this.keys.size() + added.size() <= this.maxKeys && this.bytes + item.bytes() <= this.maxBytes;
		if (fits || this.items.isEmpty()) {
			this.items.add(item);
			this.keys.addAll(added);
			this.bytes += item.bytes();
		}
	}

	/** Takes reads of keys that are here already. */
	public void join(List<Item> reads) {
		this.items.addAll(reads);
	}

	public Set<String> keys() {
		return this.keys;
	}

	public List<Item> items() {
		return List.copyOf(this.items);
	}

}
