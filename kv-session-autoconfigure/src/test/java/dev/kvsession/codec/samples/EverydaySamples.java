package dev.kvsession.codec.samples;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.BitSet;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.kvsession.codec.shop.Choices;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Email;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Nowhere;
import dev.kvsession.codec.shop.Progress;
import dev.kvsession.codec.shop.Quote;
import dev.kvsession.codec.shop.Wallet;

/**
 * What applications put into sessions without a thought.
 */
public final class EverydaySamples {

	private static final Item ITEM = new Item(1L << 40, "tea", new BigDecimal("19.90"), Color.GREEN);

	private EverydaySamples() {
	}

	public static Stream<Sample> all() {
		return Stream.of(times(), values(), collections(), keys(), classes(), kotlin(), locales())
			.flatMap((samples) -> samples);
	}

	private static Stream<Sample> times() {
		Timestamp micros = new Timestamp(1_790_000_000_000L);
		micros.setNanos(123_456_000);
		GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.JAPAN);
		GregorianCalendar strict = new GregorianCalendar(2026, 1, 28);
		strict.setLenient(false);
		strict.setFirstDayOfWeek(3);
		strict.setMinimalDaysInFirstWeek(4);
		strict.setGregorianChange(new java.util.Date(5));
		return Stream.of(Sample.json("timestamp with microseconds", micros),
				Sample.json("timestamp without", new Timestamp(5)), Sample.json("timestamp before 1970", before()),
				Sample.json("calendar of Tokyo", calendar), Sample.json("strict calendar", strict),
				Sample.json("calendar of a past century", new GregorianCalendar(1500, 0, 1)),
				Sample.json("sql date with a time", new java.sql.Date(1_790_000_000_123L)),
				Sample.json("sql time", java.sql.Time.valueOf("10:11:12")),
				Sample.json("sql time with a date", new java.sql.Time(1_790_000_000_123L)),
				Sample.json("long duration", Duration.ofSeconds(1L << 45, 123_456_789)),
				Sample.json("large instant", Instant.ofEpochSecond(1L << 35, 123_456_789)));
	}

	private static Timestamp before() {
		Timestamp timestamp = new Timestamp(-5_000L);
		timestamp.setNanos(1);
		return timestamp;
	}

	private static Stream<Sample> values() {
		return Stream.of(Sample.json("price", new BigDecimal("19.90")), Sample.json("zero", new BigDecimal("0.00")),
				Sample.json("negative scale", new BigDecimal("1.9E+3")),
				Sample.json("tiny", new BigDecimal("0.000000000000000000000000000000000010")),
				Sample.json("long integer", new BigInteger("1".repeat(500))), Sample.json("float", 0.1f),
				Sample.json("largest double", Double.MAX_VALUE), Sample.json("optional text", Optional.of("x")),
				Sample.json("empty optional", Optional.empty()), Sample.json("optional item", Optional.of(ITEM)),
				Sample.json("optional long", Optional.of(5L)),
				Sample.json("optional list", Optional.of(List.of(ITEM, 5L))),
				Sample.json("optional of optional", Optional.of(Optional.of(1))),
				Sample.json("optional int", OptionalInt.of(5)), Sample.json("empty optional int", OptionalInt.empty()),
				Sample.json("optional long value", OptionalLong.of(1L << 40)),
				Sample.json("optional double", OptionalDouble.of(0.1)),
				Sample.json("reference", new AtomicReference<>(ITEM)),
				Sample.json("empty reference", new AtomicReference<>()),
				Sample.json("bits", BitSet.valueOf(new long[] { 5, 1L << 60 })), Sample.json("no bits", new BitSet()),
				Sample.json("pattern", Pattern.compile("(a|b)+[^c]", Pattern.CASE_INSENSITIVE | Pattern.DOTALL)),
				Sample.json("string builder", new StringBuilder("é \uD83D\uDE00")),
				Sample.json("string buffer", new StringBuffer("x")),
				Sample.json("currency in a list", List.of(Currency.getInstance("EUR"))));
	}

	@SuppressWarnings("rawtypes")
	private static Stream<Sample> collections() {
		Set<Object> live = ConcurrentHashMap.newKeySet();
		live.add(ITEM);
		Map<String, Object> map = new HashMap<>(Map.of("a", ITEM, "b", 5L));
		return Stream.of(Sample.json("concurrent set", live),
				Sample.json("empty concurrent set", ConcurrentHashMap.newKeySet()),
				Sample.json("keys of a concurrent map", new ConcurrentHashMap<>(Map.of("a", 1)).keySet()),
				Sample.json("map entry", Map.entry("a", ITEM)),
				Sample.json("mutable entry", new SimpleEntry<>(1L, null)),
				Sample.json("immutable entry", new SimpleImmutableEntry<>(null, "x")),
				Sample.json("entry of a map", new HashMap<>(Map.of("a", 1L)).entrySet().iterator().next()),
				Sample.json("entry of a sorted map", new TreeMap<>(Map.of("a", 1L)).firstEntry()),
				Sample.json("entries", map.entrySet()), Sample.json("values", map.values()),
				Sample.json("values of a linked map", new LinkedHashMap<>(map).values()),
				Sample.json("values of a sorted map", new TreeMap<>(map).values()),
				Sample.json("values of a concurrent map", new ConcurrentHashMap<>(map).values()),
				Sample.json("values of Map.of", Map.of("a", 1).values()),
				Sample.json("array of lists", new List[] { List.of(ITEM), null }),
				Sample.json("array of sets", new Set[] { Set.of(1L), new HashSet<>(Set.of("a")) }),
				Sample.json("array of maps", new Map[] { Map.of("a", ITEM) }),
				Sample.json("array of array lists",
						new java.util.ArrayList[] { new java.util.ArrayList<>(List.of(1)) }),
				Sample.json("array of collections", new java.util.Collection[] { List.of(1), Set.of(2) }),
				Sample.json("array of numbers", new Number[] { 1, 2L, new BigDecimal("1.0") }),
				Sample.json("array of entries", new Map.Entry[] { Map.entry("a", ITEM), null }),
				Sample.json("rounding", List.of(RoundingMode.HALF_UP, ChronoUnit.DAYS)),
				Sample.json("array of optionals", new Optional[] { Optional.of(1L) }),
				Sample.json("matrix of lists", new List[][] { { List.of(1) } }),
				Sample.json("empty enum set", EnumSet.noneOf(Color.class)),
				Sample.json("empty enum map", new EnumMap<>(Color.class)));
	}

	private static Stream<Sample> keys() {
		Map<Object, Object> nulls = new HashMap<>();
		nulls.put(null, 1);
		nulls.put("null", 2);
		return Stream.of(Sample.json("record keys", Map.of(ITEM, new BigDecimal("19.90"))),
				Sample.json("instant keys", Map.of(Instant.EPOCH, 1)),
				Sample.json("decimal keys",
						new TreeMap<>(Map.of(new BigDecimal("19.90"), 1, new BigDecimal("20.00"), 2))),
				Sample.json("sorted decimal keys", new TreeMap<>(Map.of(new BigDecimal("19.90"), 1))),
				Sample.json("date keys", Map.of(LocalDate.EPOCH, 1, LocalDateTime.MIN, 2)),
				Sample.json("locale keys", Map.of(Locale.CANADA_FRENCH, 1, Locale.ROOT, 2)),
				Sample.json("double keys", Map.of(0.5, 1, 1.5f, 2)),
				Sample.json("zone keys", Map.of(ZoneId.of("UTC"), 1)),
				Sample.json("currency keys", Map.of(Currency.getInstance("EUR"), 1)),
				Sample.json("list keys", Map.of(List.of(1, "a"), 1)), Sample.json("null key", nulls),
				Sample.json("keys in keys", Map.of(Map.of(ITEM, 1), Map.of(ITEM, 2))),
				Sample.json("concurrent record keys", new ConcurrentHashMap<>(Map.of(ITEM, 1))),
				Sample.json("email keys", Map.of(Email.box("a@b"), 1)));
	}

	private static Stream<Sample> classes() {
		Quote quote = Quote.builder().number("1").total(new BigDecimal("19.90")).lines(List.of(ITEM)).build();
		return Stream.of(Sample.json("class with a builder", quote), Sample.json("value class", Email.box("a@b")),
				Sample.json("value class in a list", List.of(Email.box("a@b"))),
				Sample.json("choices", Choices.all(ITEM)), Sample.json("no choices", Choices.none()),
				Sample.json("no choice of choices", Choices.nothing()),
				Sample.json("maps by constant", new Progress().fill(ITEM)), Sample.json("object", Nowhere.INSTANCE),
				Sample.json("bean of everything", Wallet.full(ITEM)),
				Sample.json("empty bean of everything", new Wallet()));
	}

	private static Stream<Sample> kotlin() {
		return Stream.of(Sample.json("emptyList()", kotlin.collections.CollectionsKt.emptyList()),
				Sample.json("emptyMap()", kotlin.collections.MapsKt.emptyMap()),
				Sample.json("emptySet()", kotlin.collections.SetsKt.emptySet()),
				Sample.json("listOf", kotlin.collections.CollectionsKt.listOf(1, 5L)),
				Sample.json("buildList", kotlin.collections.CollectionsKt.build(kotlinList())),
				Sample.json("buildMap", kotlin.collections.MapsKt.build(kotlinMap())),
				Sample.json("buildSet", kotlin.collections.SetsKt.build(kotlinSet())),
				Sample.json("kotlin array deque", new kotlin.collections.ArrayDeque<>(List.of(1L, 2))),
				Sample.json("reversed list",
						kotlin.collections.CollectionsKt.asReversed(new java.util.ArrayList<>(List.of(1, 2)))),
				Sample.json("pair", new kotlin.Pair<>("a", new BigDecimal("19.90"))),
				Sample.json("pair of nothing", new kotlin.Pair<>(null, ITEM)),
				Sample.json("triple", new kotlin.Triple<>(1L, ITEM, List.of())),
				Sample.json("unit", kotlin.Unit.INSTANCE), Sample.json("range", new kotlin.ranges.IntRange(1, 5)),
				Sample.json("char range", new kotlin.ranges.CharRange('a', 'z')),
				Sample.json("indexed value", new kotlin.collections.IndexedValue<>(1, "a")));
	}

	private static List<Object> kotlinList() {
		List<Object> list = kotlin.collections.CollectionsKt.createListBuilder();
		list.add(ITEM);
		return list;
	}

	private static Map<Object, Object> kotlinMap() {
		Map<Object, Object> map = kotlin.collections.MapsKt.createMapBuilder();
		map.put("a", ITEM);
		return map;
	}

	private static Set<Object> kotlinSet() {
		Set<Object> set = kotlin.collections.SetsKt.createSetBuilder();
		set.add(5L);
		return set;
	}

	private static Stream<Sample> locales() {
		return Stream
			.of("no-NO-x-lvariant-NY", "ja-JP-u-ca-japanese-x-lvariant-JP", "th-TH-u-nu-thai-x-lvariant-TH",
					"no-Latn-NO-x-lvariant-NY", "no-NO-u-ca-buddhist-x-lvariant-NY", "iw", "he-IL", "in-ID", "yi", "ji",
					"x-foo-bar", "de-POSIX-x-URP-lvariant-Abc-Def", "de-1996", "sl-rozaj-biske-1994", "*", "und",
					"und-DE", "i-klingon", "art-lojban", "en-GB-oed", "zh-min-nan", "en-a-myext-b-another-x-wadegile",
					"a", "", "-", "en_US", "en-US-x", "en-x-y-z", "qaa-Qaaa-QM-x-southern", "de-DE-u-co-phonebk",
					"en-001", "no-NO", "no-NO-x-lvariant-ny", "nb-NO-x-lvariant-NY", "x-lvariant-NY")
			.map((tag) -> Sample.json("locale of '" + tag + "'", Locale.forLanguageTag(tag)));
	}

}
