package dev.kvsession.codec.trust;

import java.util.Set;

/**
 * The JDK's types that a session may hold: values and collections whose construction has
 * no side effect. Listed one by one: {@code java.util.} would admit
 * {@code java.util.logging.FileHandler}, which creates files.
 */
public final class PlatformTypes {

	public static final Set<String> VALUES = Set.of("java.lang.String", "java.lang.Boolean", "java.lang.Character",
			"java.lang.Byte", "java.lang.Short", "java.lang.Integer", "java.lang.Long", "java.lang.Float",
			"java.lang.Double", "java.lang.StringBuffer", "java.lang.StringBuilder", "java.math.BigDecimal",
			"java.math.BigInteger", "java.math.RoundingMode", "java.net.URI", "java.net.URL",
			"java.nio.charset.Charset", "java.sql.Date", "java.sql.Time", "java.sql.Timestamp", "java.time.DayOfWeek",
			"java.time.Duration", "java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime",
			"java.time.LocalTime", "java.time.Month", "java.time.MonthDay", "java.time.OffsetDateTime",
			"java.time.OffsetTime", "java.time.Period", "java.time.Year", "java.time.YearMonth", "java.time.ZoneId",
			"java.time.ZoneOffset", "java.time.ZonedDateTime", "java.time.temporal.ChronoUnit",
			"java.util.AbstractMap$SimpleEntry", "java.util.AbstractMap$SimpleImmutableEntry", "java.util.BitSet",
			"java.util.Calendar", "java.util.Currency", "java.util.Date", "java.util.GregorianCalendar",
			"java.util.Locale", "java.util.Optional", "java.util.OptionalDouble", "java.util.OptionalInt",
			"java.util.OptionalLong", "java.util.TimeZone", "java.util.UUID", "java.util.concurrent.TimeUnit",
			"java.util.concurrent.atomic.AtomicBoolean", "java.util.concurrent.atomic.AtomicInteger",
			"java.util.concurrent.atomic.AtomicLong", "java.util.concurrent.atomic.AtomicReference",
			"java.util.regex.Pattern");

	public static final Set<String> COLLECTIONS = Set.of("java.util.ArrayDeque", "java.util.ArrayList",
			"java.util.EnumMap", "java.util.EnumSet", "java.util.HashMap", "java.util.HashSet", "java.util.Hashtable",
			"java.util.LinkedHashMap", "java.util.LinkedHashSet", "java.util.LinkedList", "java.util.PriorityQueue",
			"java.util.Properties", "java.util.Stack", "java.util.TreeMap", "java.util.TreeSet", "java.util.Vector",
			"java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.ConcurrentHashMap$KeySetView",
			"java.util.concurrent.ConcurrentLinkedDeque", "java.util.concurrent.ConcurrentLinkedQueue",
			"java.util.concurrent.ConcurrentSkipListMap", "java.util.concurrent.ConcurrentSkipListSet",
			"java.util.concurrent.CopyOnWriteArrayList", "java.util.concurrent.CopyOnWriteArraySet",
			"org.springframework.util.LinkedMultiValueMap");

	/** Further component types of arrays. Each element has a type of its own. */
	static final Set<String> COMPONENTS = Set.of("java.io.Serializable", "java.lang.CharSequence",
			"java.lang.Comparable", "java.lang.Number", "java.lang.Object", "java.util.Collection", "java.util.Deque",
			"java.util.List", "java.util.Map", "java.util.Map$Entry", "java.util.NavigableMap",
			"java.util.NavigableSet", "java.util.Queue", "java.util.Set", "java.util.SortedMap", "java.util.SortedSet");

	/** Kotlin's, by their fields. */
	static final Set<String> KOTLIN = Set.of("kotlin.Pair", "kotlin.Triple", "kotlin.UByte", "kotlin.UInt",
			"kotlin.ULong", "kotlin.UShort", "kotlin.Unit", "kotlin.collections.IndexedValue",
			"kotlin.ranges.CharRange", "kotlin.ranges.IntRange", "kotlin.ranges.LongRange", "kotlin.time.Duration",
			"kotlin.time.Instant", "kotlin.uuid.Uuid");

	private PlatformTypes() {
	}

}
