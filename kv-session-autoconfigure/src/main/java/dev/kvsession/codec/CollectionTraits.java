package dev.kvsession.codec;

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

/**
 * How a collection finds and orders its elements, which JSON does not carry. Looks
 * through the wrappers of {@code java.util.Collections}: what lies below decides.
 */
final class CollectionTraits {

	private static final String PREFIX = "java.util.Collections$";

	private static final String UNMODIFIABLE = PREFIX + "Unmodifiable";

	private static final List<String> WRAPPERS = List.of(UNMODIFIABLE, PREFIX + "Synchronized", PREFIX + "Checked",
			PREFIX + "SetFromMap", PREFIX + "SequencedSetFromMap");

	private static final String SHUFFLED = "java.util.ImmutableCollections$";

	/**
	 * Their keys are found by identity, or vanish.
	 */
	private static final List<String> PECULIAR = List.of("java.util.IdentityHashMap", "java.util.WeakHashMap");

	private final Object outer;

	private final Object core;

	private final boolean fixed;

	CollectionTraits(Object collection) {
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
	 * Whether the order in which it iterates is part of what it holds. Of a set or a map
	 * of the application that is not known.
	 */
	boolean isOrdered() {
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
	 * What must be the same of two collections beside their elements. A sorted collection
	 * that nobody can add to needs to keep its comparator only, by which it is searched.
	 */
	List<@Nullable Object> values() {
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
	 * Tried on a copy, since nothing public tells it, by methods that subclasses leave
	 * alone. Of one that minds, it is not known.
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

	/*
	 * Names the type of the constants, even if there are none.
	 */
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
	 * Whether its class decides how it finds elements, or a wrapper hides a class that is
	 * not the JDK's.
	 */
	private boolean isPeculiar() {
		boolean hidden = this.core != this.outer && !(this.fixed && this.core instanceof List)
				&& !ObjectFields.isPlatform(CanonicalTypes.of(this.core.getClass()));
		return hidden || isNamed(this.core, PECULIAR);
	}

}
