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

	/**
	 * A key in a list.
	 *
	 * @param name the key
	 * @param entry what was stored under it when it was listed
	 */
	public record Key(String name, KvEntry entry) {
	}

	/**
	 * Which page is wanted.
	 *
	 * @param prefix what the keys begin with
	 * @param after the key to go on after, or {@code null} for the first page
	 * @param limit how many keys at most
	 */
	public record Query(String prefix, @Nullable String after, int limit) {
	}

}
