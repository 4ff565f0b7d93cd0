package dev.kvsession.codec.structure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;

/**
 * Bounds the work that collections of one text cause beyond its length. An attacker who
 * writes a record can choose elements of one hash code, each of which is compared with
 * all others, and sets within sets, each of which hashes all below it. The bound is far
 * above what applications store, even a set of some thousand entities with one hash code.
 * Confined to one text.
 */
public final class ReadBudget {

	/** Comparisons, counted in the objects that they look at: some tenths of a second. */
	private static final long MAX_WORK = 30_000_000;

	/** Fewer elements of one hash code cost next to nothing. */
	private static final int FEW = 16;

	/** Characters that are compared in the time of one object. */
	private static final int CHARACTERS = 64;

	/** Where counting of objects ends, since cycles would not. */
	private static final int MAX_WEIGHT = 100_000;

	/** How deep sets may stand in each other. */
	private static final int MAX_NESTED = 50;

	/** Types that hash tables order, so that equal hash codes cost little. */
	private static final Set<Class<?>> ORDERED = Set.of(String.class, Integer.class, Long.class, Short.class,
			Byte.class, Character.class, Boolean.class, Double.class, Float.class, UUID.class, Instant.class,
			BigDecimal.class, BigInteger.class);

	private long work;

	private int nested;

	private ReadBudget() {
	}

	public static ReadBudget of(DeserializationContext context) {
		if (context.getAttribute(ReadBudget.class) instanceof ReadBudget known) {
			return known;
		}
		ReadBudget budget = new ReadBudget();
		context.setAttribute(ReadBudget.class, budget);
		return budget;
	}

	public <T> T nested(Supplier<T> work) {
		if (this.nested >= MAX_NESTED) {
			throw new ExceededException();
		}
		this.nested++;
		try {
			return work.get();
		}
		finally {
			this.nested--;
		}
	}

	/*
	 * Bounds the cost of a set or of keys; unordered: all of one hash code are compared.
	 */
	public void check(List<?> elements, boolean unordered) {
		if (elements.size() <= FEW || (!unordered && isOrdered(elements))) {
			return;
		}
		if (unordered) {
			add(elements.size(), elements.get(0));
			return;
		}
		long[] hashes = hashes(elements);
		int start = 0;
		for (int i = 1; i <= hashes.length; i++) {
			if (i == hashes.length || hashes[i] >> Integer.SIZE != hashes[start] >> Integer.SIZE) {
				add(i - start, elements.get((int) hashes[start]));
				start = i;
			}
		}
	}

	/* The time to compile a pattern grows with the square of its length. */
	void checkPattern(String pattern) {
		add((long) pattern.length() * pattern.length() / 4);
	}

	private void add(long alike, @Nullable Object example) {
		add((alike > FEW) ? alike * alike / 2 * weight(example) : 0);
	}

	private void add(long more) {
		this.work += more;
		if (this.work > MAX_WORK) {
			throw new ExceededException();
		}
	}

	/*
	 * Sorted; hash codes in the upper half of each number, the element's index in the
	 * lower.
	 */
	private static long[] hashes(List<?> elements) {
		long[] hashes = new long[elements.size()];
		for (int i = 0; i < hashes.length; i++) {
			Object element = elements.get(i);
			hashes[i] = (long) ((element != null) ? element.hashCode() : 0) << Integer.SIZE | i;
		}
		Arrays.sort(hashes);
		return hashes;
	}

	private static boolean isOrdered(List<?> elements) {
		Object first = elements.get(0);
		if (first == null || !ORDERED.contains(first.getClass())) {
			return false;
		}
		for (Object element : elements) {
			if (element == null || element.getClass() != first.getClass()) {
				return false;
			}
		}
		return true;
	}

	/*
	 * Counts the objects of which one consists, as a measure of what its equals may cost.
	 */
	private static long weight(@Nullable Object object) {
		Deque<Object> open = new ArrayDeque<>();
		add(open, object);
		long weight = 1;
		while (!open.isEmpty() && weight < MAX_WEIGHT) {
			Object next = open.remove();
			Structure structure = Structure.of(next);
			weight += (next instanceof CharSequence text) ? 1 + text.length() / CHARACTERS : 1;
			if (!structure.isPlain()) {
				structure.fields(next).forEach((field) -> add(open, field));
				Structure.elements(next).forEach((element) -> add(open, element));
			}
		}
		return weight;
	}

	private static void add(Deque<Object> open, @Nullable Object object) {
		if (object != null) {
			open.add(object);
		}
	}

	/** To read a value would take far longer than its size explains. */
	public static final class ExceededException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private ExceededException() {
			super("too costly", null, false, false);
		}

	}

}
