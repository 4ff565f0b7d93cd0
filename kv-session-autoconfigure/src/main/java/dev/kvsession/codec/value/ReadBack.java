package dev.kvsession.codec.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.structure.CollectionTraits;
import dev.kvsession.codec.structure.StructuralHash;
import dev.kvsession.codec.structure.Structure;

/**
 * Compares a value with what came back for it, by structure: many types have no
 * {@code equals}, some compare only a part, and that of a {@code URL} asks name servers.
 * Collections must be of one kind and find elements alike, others must be of one class.
 * Confined to one comparison.
 */
public final class ReadBack {

	private final Function<Structure, Class<?>> kind;

	private final StructuralHash hashes = new StructuralHash();

	/**
	 * Pairs assumed to be the same until a difference is found, so that cycles end and
	 * shared objects are compared once.
	 */
	private final Set<Pair> pairs = new HashSet<>();

	private final List<Pair> trail = new ArrayList<>();

	/** Names of fields and indices from the whole value to the compared pair. */
	private final List<Object> path = new ArrayList<>();

	private @Nullable Difference culprit;

	private ReadBack(Function<Structure, Class<?>> kind) {
		this.kind = kind;
	}

	/** Returns the innermost value that differs, or null. */
	static @Nullable Difference find(Object written, Object read) {
		ReadBack readBack = new ReadBack(Structure::kind);
		return readBack.same(written, read) ? null : readBack.culprit;
	}

	public static @Nullable Class<?> difference(Object written, Object read) {
		Difference difference = find(written, read);
		return (difference != null) ? difference.type() : null;
	}

	/**
	 * Stricter than difference: classes of collections must agree, as far as a record
	 * tells them.
	 */
	public static boolean isSame(Object value, Object stored) {
		return new ReadBack(Structure::canonical).same(value, stored);
	}

	private boolean same(@Nullable Object written, @Nullable Object read) {
		if (written == read) {
			return true;
		}
		if (written == null) {
			return false;
		}
		boolean same = read != null && sameContent(written, read);
		if (!same && this.culprit == null) {
			this.culprit = differing(written);
		}
		return same;
	}

	private boolean sameContent(Object written, Object read) {
		Structure structure = Structure.of(written);
		Structure other = Structure.of(read);
		if (this.kind.apply(structure) != this.kind.apply(other)) {
			return false;
		}
		if (structure.isPlain()) {
			return structure.isText() ? written.toString().equals(read.toString()) : written.equals(read);
		}
		if (!assume(new Pair(written, read))) {
			return true;
		}
		return sameFields(structure, structure.fields(written), other.fields(read)) && (structure.isCollection()
				? sameCollection(written, read) : sameInOrder(Structure.elements(written), Structure.elements(read)));
	}

	private Difference differing(Object written) {
		return new Difference(written.getClass(), Wording.place(this.path));
	}

	private boolean sameAt(Object segment, @Nullable Object written, @Nullable Object read) {
		this.path.add(segment);
		try {
			return same(written, read);
		}
		finally {
			this.path.remove(this.path.size() - 1);
		}
	}

	private boolean sameFields(Structure structure, List<?> written, List<?> read) {
		for (int i = 0; i < written.size(); i++) {
			if (i >= read.size() || !sameAt(structure.fieldName(i), written.get(i), read.get(i))) {
				return false;
			}
		}
		return written.size() == read.size();
	}

	private boolean assume(Pair pair) {
		return this.pairs.add(pair) && this.trail.add(pair);
	}

	/* Withdraws the assumptions made on the way to a difference. */
	private void withdraw(List<Pair> assumed) {
		assumed.forEach(this.pairs::remove);
		assumed.clear();
		this.culprit = null;
	}

	private boolean sameCollection(Object written, Object read) {
		CollectionTraits traits = new CollectionTraits(written);
		if (!sameInOrder(traits.values(), new CollectionTraits(read).values())) {
			this.culprit = differing(written);
			return false;
		}
		Collection<?> elements = Structure.elements(written);
		Collection<?> others = Structure.elements(read);
		return traits.isOrdered() ? sameInOrder(elements, others) : sameInAnyOrder(elements, others);
	}

	private boolean sameInOrder(Collection<?> written, Collection<?> read) {
		Iterator<?> others = read.iterator();
		int index = 0;
		for (Object element : written) {
			Object segment = (element instanceof Map.Entry) ? Wording.ANY : index++;
			if (!others.hasNext() || !sameAt(segment, element, others.next())) {
				return false;
			}
		}
		return !others.hasNext();
	}

	/* Pairs elements with reliable equals by key, others by structural hash. */
	private boolean sameInAnyOrder(Collection<?> written, Collection<?> read) {
		Map<@Nullable Object, @Nullable Object> byKey = new HashMap<>();
		List<Hashed> rest = new ArrayList<>();
		for (Object element : read) {
			Object key = key(element);
			if (!isReliable(key) || byKey.putIfAbsent(key, element) != null) {
				rest.add(new Hashed(this.hashes.of(element), element));
			}
		}
		List<Hashed> others = new ArrayList<>();
		for (Object element : written) {
			Object key = key(element);
			Object counterpart = isReliable(key) ? byKey.remove(key) : null;
			if (counterpart == null) {
				others.add(new Hashed(this.hashes.of(element), element));
			}
			else if (!sameAt(Wording.ANY, element, counterpart)) {
				return false;
			}
		}
		return byKey.isEmpty() && sameByHash(others, rest);
	}

	private static @Nullable Object key(@Nullable Object element) {
		return (element instanceof Map.Entry<?, ?> entry) ? entry.getKey() : element;
	}

	private static boolean isReliable(@Nullable Object key) {
		return key != null && Structure.of(key).isReliableKey();
	}

	/* Sorts both sides by hash, so that counterparts have the same index. */
	private boolean sameByHash(List<Hashed> written, List<Hashed> read) {
		if (written.size() != read.size()) {
			return false;
		}
		written.sort(Comparator.comparingLong(Hashed::hash));
		read.sort(Comparator.comparingLong(Hashed::hash));
		for (int i = 0; i < written.size(); i++) {
			Object element = written.get(i).value();
			int counterpart = counterpart(written.get(i), read, i);
			if (counterpart < 0) {
				this.culprit = (element != null && !(element instanceof Map.Entry)) ? differing(element) : null;
				return false;
			}
			Collections.swap(read, i, counterpart);
		}
		return true;
	}

	private int counterpart(Hashed element, List<Hashed> others, int from) {
		for (int i = from; i < others.size() && others.get(i).hash() == element.hash(); i++) {
			int start = this.trail.size();
			if (sameAt(Wording.ANY, element.value(), others.get(i).value())) {
				return i;
			}
			withdraw(this.trail.subList(start, this.trail.size()));
		}
		return -1;
	}

	/**
	 * The class and place of a value that did not come back; the place is empty for the
	 * whole.
	 */
	record Difference(Class<?> type, String place) {

	}

	private record Hashed(long hash, @Nullable Object value) {

	}

	/** Two objects by identity. */
	private record Pair(Object written, Object read) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Pair pair && pair.written == this.written && pair.read == this.read;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.written) ^ System.identityHashCode(this.read);
		}

	}

}
