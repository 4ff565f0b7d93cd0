package dev.kvsession.codec.structure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.trust.CanonicalTypes;

/**
 * Tells how a collection finds and orders its elements, which JSON does not store. Looks
 * through the wrappers of {@code java.util.Collections}.
 */
public final class CollectionTraits {

	private static final String PREFIX = "java.util.Collections$";

	private static final String UNMODIFIABLE = PREFIX + "Unmodifiable";

	private static final List<String> WRAPPERS = List.of(UNMODIFIABLE, PREFIX + "Synchronized", PREFIX + "Checked",
			PREFIX + "SetFromMap", PREFIX + "SequencedSetFromMap");

	/** Set.of and Map.of iterate in an order that changes with each start. */
	private static final String SHUFFLED = "java.util.ImmutableCollections$";

	/** Maps that find keys by identity or drop unused keys, and views of them. */
	private static final List<String> PECULIAR = List.of("java.util.IdentityHashMap", "java.util.WeakHashMap");

	private final Object outer;

	private final Object core;

	private final boolean fixed;

	public CollectionTraits(Object collection) {
		this.outer = collection;
		this.fixed = collection.getClass().getName().startsWith(UNMODIFIABLE);
		this.core = core(collection);
	}

	private static Object core(Object collection) {
		SerialForm form = isNamed(collection, WRAPPERS) ? SerialForm.of(collection) : null;
		if (form != null) {
			for (Object inner : form.references()) {
				if (Structure.of(inner).isCollection()) {
					return core(inner);
				}
			}
		}
		return collection;
	}

	private static boolean isNamed(Object collection, List<String> prefixes) {
		String name = collection.getClass().getName();
		for (String prefix : prefixes) {
			if (name.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

	/*
	 * Whether the order of elements counts; false for sets and maps of the application.
	 */
	public boolean isOrdered() {
		Object of = this.core;
		if (of instanceof LinkedHashMap || of instanceof LinkedHashSet || of instanceof CopyOnWriteArraySet) {
			return true;
		}
		boolean hashed = of instanceof HashMap || of instanceof HashSet || of instanceof Hashtable
				|| of instanceof ConcurrentHashMap || of instanceof ConcurrentHashMap.KeySetView;
		boolean free = hashed || !ObjectFields.isPlatform(of.getClass())
				|| of.getClass().getName().startsWith(SHUFFLED);
		return !(free && (of instanceof Map || of instanceof Set)) && !(of instanceof PriorityQueue);
	}

	/*
	 * What must be equal besides the elements. An unmodifiable sorted collection may lose
	 * its natural order, because nobody adds to it, but not its comparator, which finds
	 * elements.
	 */
	public List<@Nullable Object> values() {
		List<@Nullable Object> values = new ArrayList<>();
		Comparator<?> comparator = comparator();
		if (comparator != null || isSorted(this.outer) || (isSorted(this.core) && !this.fixed)) {
			values.add(SortedSet.class);
			values.add(comparator);
		}
		if (this.core instanceof LinkedHashMap<?, ?> map && isAccessOrdered(map)) {
			values.add(LinkedHashMap.class);
		}
		boolean byConstant = this.core instanceof EnumMap || this.core instanceof EnumSet;
		if (byConstant && (this.core == this.outer || !this.fixed)) {
			values.add(constants(this.core));
		}
		if (this.core instanceof Properties properties) {
			values.addAll(defaults(properties));
		}
		if (isPeculiar()) {
			values.add(this.core.getClass());
		}
		return values;
	}

	private static boolean isSorted(Object collection) {
		return collection instanceof SortedSet || collection instanceof SortedMap
				|| collection instanceof PriorityQueue;
	}

	private @Nullable Comparator<?> comparator() {
		if (this.core instanceof SortedSet<?> set) {
			return set.comparator();
		}
		if (this.core instanceof SortedMap<?, ?> map) {
			return map.comparator();
		}
		return (this.core instanceof PriorityQueue<?> queue) ? queue.comparator() : null;
	}

	/*
	 * No method tells it, so this tries a copy, with methods that subclasses rarely
	 * override.
	 */
	@SuppressWarnings("unchecked")
	private static boolean isAccessOrdered(LinkedHashMap<?, ?> map) {
		Map<Object, Object> copy = (Map<Object, Object>) map.clone();
		try {
			copy.clear();
			copy.putAll(Map.of(0, 0));
			copy.putAll(Map.of(1, 1));
			copy.getOrDefault(0, 0);
			return copy.size() > 1 && copy.keySet().iterator().next().equals(1);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/* Contains the type of the constants, even of an empty collection. */
	private static byte @Nullable [] constants(Object collection) {
		SerialForm form = SerialForm.of(collection);
		return (form != null) ? form.bytes() : null;
	}

	private static List<Object> defaults(Properties properties) {
		Properties empty = (Properties) properties.clone();
		empty.clear();
		SerialForm form = SerialForm.of(empty);
		return (form != null) ? form.references() : List.of();
	}

	/*
	 * Whether it may find elements in its own way: a wrapper can hide an application's
	 * class.
	 */
	private boolean isPeculiar() {
		boolean hidden = this.core != this.outer && !(this.fixed && this.core instanceof List)
				&& !ObjectFields.isPlatform(CanonicalTypes.of(this.core.getClass()));
		return hidden || isNamed(this.core, PECULIAR);
	}

}
