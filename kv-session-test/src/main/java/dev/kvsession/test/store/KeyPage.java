package dev.kvsession.test.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEntry;

/**
 * A page of keys, as a location listed them.
 *
 * @param keys the keys in order
 * @param last the key to go on after, or {@code null} on the last page
 */
public record KeyPage(List<Key> keys, @Nullable String last) {

	/** A key in a list, with what was stored under it when it was listed. */
	public record Key(String name, KvEntry entry) {
	}

	/**
	 * The keys with a prefix, after a key ({@code null} for the first page), up to a
	 * limit.
	 */
	public record Query(String prefix, @Nullable String after, int limit) {
	}

}
