package dev.kvsession.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.shop.Customer;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Person;
import dev.kvsession.codec.value.ReadBack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Large, nested and tangled values are compared in one pass. The timeout tells a hang, it
 * measures nothing: each pair of elements looked at would take hours.
 */
@Timeout(120)
class ReadBackCostTests {

	private static final int MANY = 100_000;

	static Stream<List<?>> many() {
		return Stream.of(strings(MANY), colliding(16), IntStream.range(0, MANY).boxed().toList(),
				IntStream.range(0, MANY).mapToObj((i) -> (long) i << 32 | i).toList(),
				IntStream.range(0, MANY).mapToObj(java.util.Date::new).toList(),
				strings(MANY).stream().map(List::of).toList(), colliding(11).stream().map(List::of).toList(),
				strings(MANY / 10).stream().map((s) -> Collections.unmodifiableSet(new HashSet<>(Set.of(s)))).toList(),
				IntStream.range(0, MANY).mapToObj((i) -> new Item(i, "same", null, null)).toList(),
				IntStream.range(0, MANY).mapToObj((i) -> new Customer(i, "same")).toList());
	}

	@ParameterizedTest
	@MethodSource("many")
	void comparesLargeSets(List<?> elements) {
		List<Object> shuffled = new ArrayList<>(elements);
		Collections.shuffle(shuffled, new java.util.Random(1));
		Set<Object> read = new HashSet<>(1 << 20);
		read.addAll(shuffled);
		assertThat(ReadBack.difference(new HashSet<>(elements), read)).isNull();
		read.remove(elements.get(5));
		read.add("another");
		assertThat(ReadBack.difference(new HashSet<>(elements), read)).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("many")
	void comparesLargeMaps(List<?> values) {
		Map<Object, Object> written = new HashMap<>();
		Map<Object, Object> read = new HashMap<>(1 << 20);
		for (int i = 0; i < values.size(); i++) {
			written.put(i, values.get(i));
			read.put(values.size() - 1 - i, values.get(values.size() - 1 - i));
		}
		assertThat(ReadBack.difference(written, read)).isNull();
		read.put(5, "another");
		assertThat(ReadBack.difference(written, read)).isNotNull();
	}

	@Test
	void comparesElementsThatAreAllAlike() {
		List<Person> alike = IntStream.range(0, MANY).mapToObj((i) -> new Person("ada")).toList();
		List<Person> others = IntStream.range(0, MANY).mapToObj((i) -> new Person("ada")).toList();
		assertThat(ReadBack.difference(new HashSet<>(alike), new HashSet<>(others))).isNull();
	}

	@Test
	void comparesNestedSets() {
		assertThat(ReadBack.difference(nested(60, "a"), nested(60, "a"))).isNull();
		assertThat(ReadBack.difference(nested(60, "a"), nested(60, "b"))).isNotNull();
	}

	@Test
	void comparesWhatIsSharedOnce() {
		assertThat(ReadBack.difference(shared(200, "a"), shared(200, "a"))).isNull();
		assertThat(ReadBack.difference(shared(200, "a"), shared(200, "b"))).isEqualTo(String.class);
	}

	@Test
	void comparesTangles() {
		assertThat(ReadBack.difference(tangle(40, "ada"), tangle(40, "ada"))).isNull();
		assertThat(ReadBack.difference(tangle(40, "ada"), tangle(40, "grace"))).isNotNull();
	}

	@Test
	void comparesCycles() {
		Person ada = new Person("ada");
		Person grace = new Person("grace");
		ada.knows(grace);
		grace.knows(ada);
		Person other = new Person("ada");
		other.knows(new Person("grace").knows(other));
		assertThat(ReadBack.difference(ada, other)).isNull();
		assertThat(ReadBack.difference(ada, new Person("ada").knows(new Person("grace")))).isNotNull();
	}

	@Test
	void encodesLargeSets() {
		SessionCodec codec = Records.codec(JdkFallback.OFF);
		Set<String> strings = new HashSet<>(strings(MANY));
		StoredAttribute stored = codec.encodeAttribute("a", strings, Records.AT);
		Set<String> roomy = new HashSet<>(1 << 20);
		roomy.addAll(strings);
		assertThat(codec.isStored("a", roomy, stored)).isTrue();
		roomy.add("another");
		assertThat(codec.isStored("a", roomy, stored)).isFalse();
	}

	private static List<String> strings(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "element " + i).toList();
	}

	/**
	 * Two to this power strings of one hash code.
	 */
	private static List<String> colliding(int bits) {
		return IntStream.range(0, 1 << bits).mapToObj((i) -> {
			StringBuilder text = new StringBuilder();
			for (int bit = 0; bit < bits; bit++) {
				text.append(((i >> bit & 1) == 0) ? "Aa" : "BB");
			}
			return text.toString();
		}).toList();
	}

	/**
	 * Sets in sets, two in each, so deep that their hashes see no difference.
	 */
	private static Object nested(int depth, String innermost) {
		Object value = new Holder(innermost, null);
		for (int i = 0; i < depth; i++) {
			value = new Holder(new HashSet<>(Set.of(List.of(value), List.of(i, i))), null);
		}
		return value;
	}

	/**
	 * As many levels, each of which stands twice in the next.
	 */
	private static Object shared(int depth, String innermost) {
		Object value = List.of(innermost);
		for (int i = 0; i < depth; i++) {
			value = (i % 2 == 0) ? new ArrayList<>(List.of(value, value))
					: new TreeMap<>(Map.of("l", value, "r", value));
		}
		return value;
	}

	/**
	 * Persons who all know each other.
	 */
	private static Person tangle(int count, String last) {
		Person[] persons = IntStream.range(0, count)
			.mapToObj((i) -> new Person((i < count - 1) ? "person " + i : last))
			.toArray(Person[]::new);
		for (Person person : persons) {
			person.knows(persons);
		}
		return persons[0];
	}

}
