package dev.kvsession.codec.value;

import java.io.ObjectInputFilter;
import java.net.URL;
import java.util.List;
import java.util.Set;

import dev.kvsession.codec.trust.TrustedTypes;
import dev.kvsession.codec.trust.UntrustedTypeException;

/** Allows Java deserialization of trusted types within limits. Stateless. */
final class JdkFilter implements ObjectInputFilter {

	/**
	 * Hashing nested sets that share elements takes twice the time at each level: 1 KB of
	 * them at this depth took 0.2 s. Not bounded: lists that refer back to earlier lists
	 * lie flat in the stream, and may take forever to hash in a set.
	 */
	private static final int MAX_DEPTH = 20;

	private static final int MAX_REFERENCES = 1_000_000;

	private static final int MAX_ARRAY_LENGTH = 1_000_000;

	/** Half of what KV takes for a value, in bytes. */
	private static final int MAX_BYTES = 12 * 1024 * 1024;

	/** Superclasses and stand-ins of trusted types in Java's serialized form. */
	private static final Set<String> SUPPORT = Set.of("java.io.Serializable", "java.lang.Comparable", "java.lang.Enum",
			"java.lang.Exception", "java.lang.Number", "java.lang.Object", "java.lang.RuntimeException",
			"java.lang.StackTraceElement", "java.lang.String$CaseInsensitiveComparator", "java.lang.Throwable",
			"java.time.Ser", "java.util.AbstractMap$SimpleEntry", "java.util.AbstractMap$SimpleImmutableEntry",
			"java.util.Arrays$ArrayList", "java.util.CollSer", "java.util.Comparators$NaturalOrderComparator",
			"java.util.EnumSet$SerializationProxy", "java.util.Map", "java.util.Map$Entry", "java.util.Collection",
			"java.util.List", "java.util.Set", "java.util.RegularEnumSet", "java.util.JumboEnumSet",
			"java.util.concurrent.ConcurrentHashMap$CollectionView",
			"java.util.concurrent.ConcurrentHashMap$KeySetView", "java.util.SimpleTimeZone",
			"sun.util.calendar.ZoneInfo", "java.util.concurrent.ConcurrentHashMap$Segment",
			"java.util.concurrent.locks.ReentrantLock", "java.util.concurrent.locks.ReentrantLock$Sync",
			"java.util.concurrent.locks.ReentrantLock$NonfairSync",
			"java.util.concurrent.locks.AbstractQueuedSynchronizer",
			"java.util.concurrent.locks.AbstractOwnableSynchronizer", "jakarta.servlet.http.Cookie",
			"org.springframework.util.MultiValueMapAdapter", StoredFailure.class.getName());

	/**
	 * Wrappers of collections and Spring Security's types: reading them starts nothing.
	 */
	private static final List<String> PREFIXES = List.of("java.util.Collections$", "java.util.ImmutableCollections$",
			"org.springframework.security.");

	private final TrustedTypes trusted;

	JdkFilter(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	@Override
	public Status checkInput(FilterInfo info) {
		if (info.depth() > MAX_DEPTH || info.references() > MAX_REFERENCES || info.streamBytes() > MAX_BYTES
				|| info.arrayLength() > MAX_ARRAY_LENGTH) {
			return Status.REJECTED;
		}
		Class<?> type = info.serialClass();
		if (type == null) {
			return Status.UNDECIDED;
		}
		if (!isAllowed(innermost(type))) {
			throw new UntrustedTypeException(innermost(type).getName());
		}
		return Status.ALLOWED;
	}

	/* A URL in a set or as a key would ask the name servers for its host. */
	private boolean isAllowed(Class<?> type) {
		String name = type.getName();
		if (type == URL.class) {
			return false;
		}
		return type.isPrimitive() || SUPPORT.contains(name) || this.trusted.isTrusted(name)
				|| PREFIXES.stream().anyMatch(name::startsWith);
	}

	private static Class<?> innermost(Class<?> type) {
		Class<?> component = type;
		while (component.isArray()) {
			component = component.getComponentType();
		}
		return component;
	}

}
