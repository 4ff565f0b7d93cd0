package dev.kvsession.codec;

import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.samples.Sample;
import dev.kvsession.codec.samples.Way;
import dev.kvsession.codec.shop.Customer;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Latest;
import dev.kvsession.codec.shop.Recent;
import dev.kvsession.codec.shop.Wishes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a value that is set again says the same as what is stored.
 */
class SettingAgainTests {

	private static final SessionCodec OFF = Records.codec(JdkFallback.OFF);

	private static final SessionCodec ON = Records.codec(JdkFallback.ON);

	static Stream<Sample> storable() throws Exception {
		return AttributeRoundTripTests.samples().filter((sample) -> sample.way() != Way.REFUSED);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("storable")
	@DisplayName("P1 a value that was read says the same as what is stored")
	void whatWasReadSaysTheSame(Sample sample) {
		StoredAttribute stored = ON.encodeAttribute("a", sample.value(), Records.AT);
		assertThat(ON.isStored("a", sample.value(), stored)).isTrue();
		assertThat(ON.isStored("a", ON.decodeAttribute("a", stored), stored)).isTrue();
	}

	static Stream<Arguments> same() throws Exception {
		return Stream
			.of(Arguments.of("another capacity", roomy("a", "b", "c"), new HashSet<>(Set.of("a", "b", "c"))),
					Arguments.of("another history", shrunk(), new HashSet<>(Set.of("Aa", "BB"))),
					Arguments.of("another order of a hash map", hashMap("BB", "Aa"), hashMap("Aa", "BB")),
					Arguments.of(
							"unmodifiable", Collections.unmodifiableMap(hashMap("BB", "Aa")), Collections
								.unmodifiableMap(hashMap("Aa", "BB"))),
					Arguments.of(
							"another order of a heap", new PriorityQueue<>(List.of(1, 2,
									3)),
							new PriorityQueue<>(List.of(1, 3, 2))),
					Arguments.of("nested", List.of(new Holder(Map.of("a", roomy("a", "b", "c")), 5L)),
							new ArrayList<>(
									List.of(new Holder(Map.of("a", new HashSet<>(Set.of("a", "b", "c"))), 5L)))),
					Arguments.of("sets of sets", new HashSet<>(Set.of(roomy("a", "b"), roomy("c"))),
							roomy(new HashSet<>(Set.of("a", "b")), new HashSet<>(Set.of("c")))),
					Arguments.of("hidden classes", List.of(1, 2), Stream.of(1, 2).toList()),
					Arguments.of("in a reference", new Latest(roomy(new Customer(1, "a")), null),
							new Latest(new HashSet<>(Set.of(new Customer(1, "a"))), null)),
					Arguments.of("dates", new Date(5), new Date(5)),
					Arguments.of("urls", url("https://kv-session.invalid/a"), url("https://kv-session.invalid/a")),
					Arguments.of("set of urls", new HashSet<>(Set.of(url("https://kv-session.invalid/a"))),
							roomy(url("https://kv-session.invalid/a"))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("same")
	@DisplayName("P1 what says the same is no change")
	void saysTheSame(String name, Object value, Object stored) {
		assertThat(OFF.isStored("a", value, OFF.encodeAttribute("a", stored, Records.AT))).isTrue();
		assertThat(OFF.isStored("a", stored, OFF.encodeAttribute("a", value, Records.AT))).isTrue();
	}

	static Stream<Arguments> changes() throws Exception {
		return Stream.of(Arguments.of("mutated", new Customer(1, "a"), new Customer(1, "b")),
				Arguments.of("mutated in a list", List.of(new Customer(1, "a")), List.of(new Customer(1, "b"))),
				Arguments.of("mutated in a map", Map.of("a", new Customer(1, "a")), Map.of("a", new Customer(1, "b"))),
				Arguments.of("mutated in a set", Set.of(new Customer(1, "a")), Set.of(new Customer(1, "b"))),
				Arguments.of("mutated in a nested set", List.of(Set.of(new Customer(1, "a"), new Customer(2, "a"))),
						List.of(Set.of(new Customer(1, "b"), new Customer(2, "a")))),
				Arguments.of("mutated in a field", new Holder(Set.of(new Customer(1, "a")), 1),
						new Holder(Set.of(new Customer(1, "b")), 1)),
				Arguments.of("replaced in a reference", new Latest(new Customer(1, "a"), null),
						new Latest(new Customer(1, "b"), null)),
				Arguments.of("int and long in a reference", new Latest(5, null), new Latest(5L, null)),
				Arguments.of("int and long", 5, 5L), Arguments.of("int and long in a set", Set.of(5), Set.of(5L)),
				Arguments.of("int and long as keys", Map.of(5, 1), Map.of(5L, 1)),
				Arguments.of("float and double", List.of(1.5f), List.of(1.5d)),
				Arguments.of("date and instant", new Date(5), Instant.ofEpochMilli(5)),
				Arguments.of("date and date of SQL", new Date(5), new java.sql.Date(5)),
				Arguments.of("array list and linked list", new ArrayList<>(List.of(1)), new LinkedList<>(List.of(1))),
				Arguments.of("nested lists", List.of(new ArrayList<>(List.of(1))),
						List.of(new LinkedList<>(List.of(1)))),
				Arguments.of("hash map and linked hash map", hashMap("a"), new LinkedHashMap<>(hashMap("a"))),
				Arguments.of("hash set and tree set", new HashSet<>(Set.of(1)), new TreeSet<>(Set.of(1))),
				Arguments.of("order of a list", List.of(1, 2), List.of(2, 1)),
				Arguments.of("order of a linked hash map", new LinkedHashMap<>(hashMap("Aa", "BB")),
						new LinkedHashMap<>(hashMap("BB", "Aa"))),
				Arguments.of("order of a linked hash set", new LinkedHashSet<>(List.of(1, 2)),
						new LinkedHashSet<>(List.of(2, 1))),
				Arguments.of("order of a queue", new ArrayDeque<>(List.of(1, 2)), new ArrayDeque<>(List.of(2, 1))),
				Arguments.of("order of a queue of the application", new Wishes("a", "b"), new Wishes("b", "a")),
				Arguments.of("order of a set that keeps it", new CopyOnWriteArraySet<>(List.of(1, 2)),
						new CopyOnWriteArraySet<>(List.of(2, 1))),
				Arguments.of("access order of a class", new Recent(), new LinkedHashMap<>()),
				Arguments.of("order of an unmodifiable map",
						Collections.unmodifiableMap(new LinkedHashMap<>(hashMap("Aa", "BB"))),
						Collections.unmodifiableMap(new LinkedHashMap<>(hashMap("BB", "Aa")))),
				Arguments.of("one more", new HashSet<>(Set.of(1)), new HashSet<>(Set.of(1, 2))),
				Arguments.of("null", Arrays.asList("a", null), Arrays.asList(null, "a")),
				Arguments.of("hosts of one address", url("http://localhost/"), url("http://127.0.0.1/")),
				Arguments.of("case of a host", URI.create("http://HOST/"), URI.create("http://host/")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void tellsChanges(String name, Object value, Object stored) {
		assertThat(OFF.isStored("a", value, OFF.encodeAttribute("a", stored, Records.AT))).isFalse();
		assertThat(OFF.isStored("a", stored, OFF.encodeAttribute("a", value, Records.AT))).isFalse();
	}

	@Test
	void isFalseIfEitherCannotBeCompared() {
		StoredAttribute stored = OFF.encodeAttribute("a", "a", Records.AT);
		StoredAttribute damaged = new StoredAttribute(Records.AT, "json", "[\"java.io.File\",\"a\"]");
		StoredAttribute newer = new StoredAttribute(Records.AT, "cbor", "\"a\"");
		assertThat(OFF.isStored("a", new Object(), stored)).isFalse();
		assertThat(OFF.isStored("a", "a", damaged)).isFalse();
		assertThat(OFF.isStored("a", "a", newer)).isFalse();
		assertThat(OFF.isStored("a", "a", new StoredAttribute(Records.AT, "jdk", "\"rO0ABXQAAWE=\""))).isFalse();
		assertThat(ON.isStored("a", "a", new StoredAttribute(Records.AT, "jdk", "\"rO0ABXQAAWE=\""))).isTrue();
	}

	@SafeVarargs
	private static <T> Set<T> roomy(T... elements) {
		Set<T> set = new HashSet<>(1 << 12);
		List.of(elements).forEach(set::add);
		return set;
	}

	/**
	 * Two strings of one hash code, in the order in which they were put.
	 */
	private static Set<String> shrunk() {
		Set<String> set = new HashSet<>(List.of("Aa"));
		set.add("BB");
		set.remove("Aa");
		set.add("Aa");
		return set;
	}

	private static Map<String, Object> hashMap(String... keys) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (String key : keys) {
			map.put(key, key + 1);
		}
		return new HashMap<>(map);
	}

	private static URL url(String text) throws Exception {
		return URI.create(text).toURL();
	}

}
