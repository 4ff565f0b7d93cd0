package dev.kvsession.codec;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Compares maps entry by entry, as far as possible without the keys' {@code equals}.
 */
final class MapContents {

	private MapContents() {
	}

	static boolean same(Map<?, ?> written, Map<?, ?> read, BiPredicate<@Nullable Object, @Nullable Object> same) {
		if (written.size() != read.size() || Comparators.isSorted(written) != Comparators.isSorted(read)
				|| !Objects.equals(Comparators.of(written), Comparators.of(read))) {
			return false;
		}
		Iterator<? extends Map.Entry<?, ?>> others = read.entrySet().iterator();
		for (Map.Entry<?, ?> entry : written.entrySet()) {
			Map.Entry<?, ?> other = others.next();
			boolean inOrder = Objects.equals(entry.getKey(), other.getKey());
			if (!inOrder && !read.containsKey(entry.getKey())) {
				return false;
			}
			if (!same.test(entry.getValue(), (inOrder) ? other.getValue() : read.get(entry.getKey()))) {
				return false;
			}
		}
		return true;
	}

}
