package dev.kvsession.codec.structure;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Counts the objects of which one consists, as a measure of what its {@code equals} may
 * cost.
 */
final class ObjectWeight {

	/** Characters that are compared in the time of one object. */
	private static final int CHARACTERS = 64;

	/** Where counting ends, since cycles would not. */
	private static final int MAX = 100_000;

	private ObjectWeight() {
	}

	static long of(@Nullable Object object) {
		Deque<Object> open = new ArrayDeque<>();
		add(open, object);
		long weight = 1;
		while (!open.isEmpty() && weight < MAX) {
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

}
