package dev.kvsession.codec.trust;

import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The class under which a collection is stored. Hidden classes, such as that of
 * {@code List.of}, Kotlin's and Nimbus's are stored as the ordinary class of their kind,
 * since their names are no API. They come back equal, but mutable.
 */
public final class CanonicalTypes {

	/** What Nimbus parses nested JSON objects of a token's claims into. */
	private static final String NIMBUS_MAP = "com.nimbusds.jose.shaded.gson.internal.LinkedTreeMap";

	/** Kotlin's own collections, such as that of {@code emptyList()}. */
	private static final String KOTLIN = "kotlin.collections.";

	private CanonicalTypes() {
	}

	public static Class<?> of(Class<?> type) {
		if (type.getName().equals(NIMBUS_MAP)) {
			return LinkedHashMap.class;
		}
		if (Charset.class.isAssignableFrom(type)) {
			return Charset.class;
		}
		String name = type.getName();
		boolean hidden = (!Modifier.isPublic(type.getModifiers()) && type.getPackageName().startsWith("java.util"))
				|| name.startsWith(KOTLIN);
		if (!hidden || EnumSet.class.isAssignableFrom(type)) {
			return type;
		}
		return Map.Entry.class.isAssignableFrom(type) ? SimpleImmutableEntry.class : collection(type);
	}

	private static Class<?> collection(Class<?> type) {
		if (Map.class.isAssignableFrom(type)) {
			return SortedMap.class.isAssignableFrom(type) ? TreeMap.class : LinkedHashMap.class;
		}
		if (Set.class.isAssignableFrom(type)) {
			return SortedSet.class.isAssignableFrom(type) ? TreeSet.class : LinkedHashSet.class;
		}
		return Collection.class.isAssignableFrom(type) ? ArrayList.class : type;
	}

}
