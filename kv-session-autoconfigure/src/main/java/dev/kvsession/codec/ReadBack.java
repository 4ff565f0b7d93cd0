package dev.kvsession.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Compares a value with what came back for it. By structure rather than {@code equals}:
 * many types have none, some look at a part only, and that of a {@code URL}, which each
 * OpenID Connect login holds, asks the name servers. Collections need to be of one kind,
 * everything else of one class. An exception is its class and its message. Confined to
 * one comparison.
 */
final class ReadBack {

	private final Set<Object> under = Collections.newSetFromMap(new IdentityHashMap<>());

	private final BiPredicate<Object, Object> sameKind;

	private @Nullable Class<?> culprit;

	private ReadBack(BiPredicate<Object, Object> sameKind) {
		this.sameKind = sameKind;
	}

	/**
	 * Compares two values.
	 * @param written the value that was encoded
	 * @param read what its text decoded to
	 * @return the type of the innermost value that differs, or {@code null} if none does
	 */
	static @Nullable Class<?> difference(Object written, Object read) {
		ReadBack readBack = new ReadBack(ReadBack::sameKind);
		return readBack.same(written, read) ? null : readBack.culprit;
	}

	/**
	 * Whether two values say the same. Stricter than {@link #difference} with
	 * collections: their classes must agree, as far as a record tells them, and the order
	 * of those that keep one.
	 * @param value a value
	 * @param stored what another was stored as
	 * @return whether storing the first instead of the second would change nothing
	 */
	static boolean isSame(Object value, Object stored) {
		return new ReadBack(ReadBack::sameClass).same(value, stored);
	}

	private boolean same(@Nullable Object written, @Nullable Object read) {
		if (written == read) {
			return true;
		}
		if (written == null) {
			return false;
		}
		boolean same = read != null && (!this.under.add(written) || sameContent(written, read));
		this.under.remove(written);
		if (!same && this.culprit == null) {
			this.culprit = written.getClass();
		}
		return same;
	}

	private boolean sameContent(Object written, Object read) {
		if (written instanceof Map<?, ?> map) {
			return read instanceof Map<?, ?> other && this.sameKind.test(map, other)
					&& MapContents.same(map, other, this::same) && sameFields(written, read);
		}
		if (written instanceof Collection<?> collection) {
			return read instanceof Collection<?> other && this.sameKind.test(collection, other)
					&& sameElements(collection, other) && sameFields(written, read);
		}
		if (written.getClass() != read.getClass()) {
			return false;
		}
		if (written.getClass().isArray()) {
			return sameArray(written, read);
		}
		return ObjectFields.isPlatform(written.getClass()) ? samePlatformValue(written, read)
				: sameObject(written, read);
	}

	private static boolean sameClass(Object written, Object read) {
		return CanonicalTypes.of(written.getClass()) == CanonicalTypes.of(read.getClass()) && sameKind(written, read)
				&& sameOrder(written, read);
	}

	private static boolean sameOrder(Object written, Object read) {
		if (written instanceof LinkedHashMap<?, ?> map) {
			return new ArrayList<>(map.keySet()).equals(new ArrayList<>(((Map<?, ?>) read).keySet()));
		}
		return !(written instanceof LinkedHashSet<?> set)
				|| new ArrayList<>(set).equals(new ArrayList<>((Set<?>) read));
	}

	private static boolean sameKind(Object written, Object read) {
		return written instanceof List == read instanceof List && written instanceof Set == read instanceof Set
				&& Objects.equals(Comparators.of(written), Comparators.of(read))
				&& Comparators.isSorted(written) == Comparators.isSorted(read);
	}

	private boolean sameElements(Collection<?> written, Collection<?> read) {
		if (written.size() != read.size()) {
			return false;
		}
		Iterator<?> others = read.iterator();
		boolean unordered = written instanceof Set;
		for (Object element : written) {
			Object other = others.next();
			if (!same(element, other) && !(unordered && read.contains(element))) {
				return false;
			}
		}
		return true;
	}

	private boolean sameArray(Object written, Object read) {
		int length = Array.getLength(written);
		if (Array.getLength(read) != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (!same(Array.get(written, i), Array.get(read, i))) {
				return false;
			}
		}
		return true;
	}

	private boolean samePlatformValue(Object written, Object read) {
		if (written instanceof URL || written instanceof URI) {
			return written.toString().equals(read.toString());
		}
		if (written instanceof Optional<?> optional) {
			return same(optional.orElse(null), ((Optional<?>) read).orElse(null));
		}
		if (written instanceof Map.Entry<?, ?> entry) {
			Map.Entry<?, ?> other = (Map.Entry<?, ?>) read;
			return same(entry.getKey(), other.getKey()) && same(entry.getValue(), other.getValue());
		}
		if (written instanceof Throwable throwable) {
			return Objects.equals(throwable.getMessage(), ((Throwable) read).getMessage());
		}
		boolean atomic = written.getClass().getPackageName().equals("java.util.concurrent.atomic");
		return atomic ? written.toString().equals(read.toString()) : written.equals(read);
	}

	private boolean sameObject(Object written, Object read) {
		if (written instanceof Throwable throwable) {
			return Objects.equals(throwable.getMessage(), ((Throwable) read).getMessage());
		}
		boolean cookie = written.getClass().getName().equals(SecurityTypes.COOKIE);
		return cookie ? Cookies.same(written, read) : sameFields(written, read);
	}

	private boolean sameFields(Object written, Object read) {
		if (ObjectFields.isPlatform(written.getClass())) {
			return true;
		}
		if (written.getClass() != read.getClass()) {
			return CanonicalTypes.of(written.getClass()) == read.getClass();
		}
		List<Field> fields = ObjectFields.of(written.getClass());
		if (fields == null) {
			return written.equals(read);
		}
		for (Field field : fields) {
			if (!same(get(field, written), get(field, read))) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable Object get(Field field, Object owner) {
		try {
			return field.get(owner);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("a field that was opened is closed", ex);
		}
	}

}
