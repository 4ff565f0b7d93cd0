package dev.kvsession.codec;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * Orders of sorted collections, which JSON does not carry.
 */
final class Comparators {

	private Comparators() {
	}

	static boolean isSorted(Object collection) {
		return collection instanceof SortedSet || collection instanceof SortedMap
				|| collection instanceof PriorityQueue;
	}

	/*
	 * The collection's comparator, or {@code null} for the natural order or none.
	 */
	static @Nullable Comparator<?> of(Object collection) {
		if (collection instanceof SortedSet<?> set) {
			return set.comparator();
		}
		if (collection instanceof SortedMap<?, ?> map) {
			return map.comparator();
		}
		return (collection instanceof PriorityQueue<?> queue) ? queue.comparator() : null;
	}

}
