package dev.kvsession.codec;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.shop.Customer;
import dev.kvsession.codec.shop.Entity;
import dev.kvsession.codec.value.ReadBack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records that somebody with write access made to keep an instance busy, and large ones
 * that nobody did.
 */
class HostileRecordTests {

	private static final int SIZE = 1_600_000;

	/**
	 * Where the worst took a minute, this leaves room for a slow machine.
	 */
	private static final Duration SHORT = Duration.ofSeconds(3);

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	static Stream<Arguments> hostile() {
		String lists = repeat((i) -> "['java.util.ArrayList',['" + alike(i) + "']]");
		String items = repeat((i) -> "{'@class':'dev.kvsession.codec.shop.Holder','content':'" + alike(i) + "'}");
		String keys = repeat((i) -> "'#:[\\'java.util.ArrayList\\',[\\'" + alike(i) + "\\']]':1");
		String sets = keys.replace("':1", "':['java.util.ArrayList',[]]");
		String names = repeat((i) -> "'" + alike(i) + "':1");
		String numbers = repeat(Integer::toString);
		String texts = repeat((i) -> "'" + i + "'");
		return Stream
			.of(Arguments.of("set of lists", array("java.util.HashSet", lists)),
					Arguments.of("linked set of lists", array("java.util.LinkedHashSet", lists)),
					Arguments.of("typed set of lists",
							array("java.util.HashSet<java.util.ArrayList<java.lang.Object>>", lists)),
					Arguments.of("concurrent set", array("java.util.concurrent.ConcurrentHashMap$KeySetView", lists)),
					Arguments.of("set of records", array("java.util.HashSet", items)),
					Arguments.of("copy on write list", array("java.util.concurrent.CopyOnWriteArrayList", numbers)),
					Arguments.of("typed copy on write list",
							array("java.util.concurrent.CopyOnWriteArrayList<java.lang.String>", texts)),
					Arguments.of("copy on write set", array("java.util.concurrent.CopyOnWriteArraySet", numbers)),
					Arguments.of("typed copy on write set",
							array("java.util.concurrent.CopyOnWriteArraySet<java.lang.String>", texts)),
					Arguments.of("map of keys", object("java.util.HashMap", keys)),
					Arguments.of("concurrent map of keys", object("java.util.concurrent.ConcurrentHashMap", keys)),
					Arguments.of("multi value map", object("org.springframework.util.LinkedMultiValueMap", sets)),
					Arguments.of("hashtable", object("java.util.Hashtable", names)),
					Arguments.of("map of names", object("java.util.HashMap", names)),
					Arguments.of("properties", object("java.util.Properties", names.replace(":1", ":'1'"))),
					Arguments.of("authorities of a user",
							"{'@class':'org.springframework.security.oauth2.core.user.DefaultOAuth2User','authorities':"
									+ array("java.util.ArrayList",
											repeat((i) -> "{'@class':'org.springframework."
													+ "security.core.authority.SimpleGrantedAuthority','authority':'"
													+ alike(i) + "'}"))
									+ ",'attributes':{'@class':'java.util.HashMap','x':1},'nameAttributeKey':'x'}"),
					Arguments.of("pattern", "['java.util.regex.Pattern',['" + "a".repeat(SIZE) + "',0]]"),
					Arguments.of("literal pattern", "['java.util.regex.Pattern',['" + "a".repeat(SIZE) + "',16]]"),
					Arguments.of("patterns",
							array("java.util.ArrayList",
									repeat((i) -> "['java.util.regex.Pattern',['" + "ab".repeat(4000) + i + "',0]]"))),
					Arguments.of("sets in sets", "['java.util.HashSet',[".repeat(60) + numbers + "]]".repeat(60)))
			.map((arguments) -> Arguments.of(arguments.get()[0], ((String) arguments.get()[1]).replace('\'', '"')));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("hostile")
	@DisplayName("P9 a record made to be slow is read or refused at once")
	void isReadOrRefusedAtOnce(String name, String raw) {
		this.codec.encodeAttribute("a", List.of(1), Records.AT);
		long start = cpu();
		try {
			this.codec.decodeAttribute("a", new StoredAttribute(Records.AT, "json", raw));
		}
		catch (UnreadableAttributeException ex) {
			assertThat(ex).hasMessageContaining("would take too long");
		}
		assertThat(Duration.ofNanos(cpu() - start)).isLessThan(SHORT);
	}

	static Stream<Arguments> legitimate() {
		List<String> strings = IntStream.range(0, 60_000).mapToObj((i) -> "product " + i).toList();
		List<Customer> customers = IntStream.range(0, 20_000).mapToObj((i) -> new Customer(i, "n" + i)).toList();
		Map<Object, Object> byCustomer = new HashMap<>();
		customers.forEach((customer) -> byCustomer.put(customer, 1));
		List<Entity> entities = IntStream.range(0, 1500).mapToObj((i) -> new Entity(i, "n" + i)).toList();
		List<String> alike = IntStream.range(0, 20_000).mapToObj(HostileRecordTests::alike).toList();
		return Stream.of(Arguments.of("strings", new HashSet<>(strings)),
				Arguments.of("strings of one hash code", new HashSet<>(alike)),
				Arguments.of("copy on write list", new CopyOnWriteArrayList<>(strings)),
				Arguments.of("copy on write set", new CopyOnWriteArraySet<>(strings.subList(0, 2000))),
				Arguments.of("customers", new LinkedHashSet<>(customers)), Arguments.of("map", byCustomer),
				Arguments.of("entities of one hash code", new HashSet<>(entities)),
				Arguments.of("lists", strings.stream().map(List::of).collect(Collectors.toSet())),
				Arguments.of("concurrent map", new ConcurrentHashMap<>(byCustomer)),
				Arguments.of("hashtable", new Hashtable<>(
						strings.subList(0, 2000).stream().collect(Collectors.toMap((text) -> text, (text) -> text)))),
				Arguments.of("map of lists", new LinkedHashMap<>(Map.of("cart", new ArrayList<>(customers)))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("legitimate")
	@DisplayName("P9 a large value that nobody made to be slow is stored and read")
	void largeValuesAreRead(String name, Object value) {
		StoredAttribute stored = this.codec.encodeAttribute("a", value, Records.AT);
		assertThat(ReadBack.difference(value, this.codec.decodeAttribute("a", stored))).isNull();
	}

	@Test
	@DisplayName("P9 what would be refused when it is read is refused where it is set")
	void isRefusedWhereItIsSet() {
		Object slow = IntStream.range(0, 12_000).mapToObj((i) -> List.of(alike(i))).collect(Collectors.toSet());
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("a", slow, Records.AT))
			.withMessageContaining("would take too long to read");
	}

	private static long cpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static String array(String type, String elements) {
		return "['" + type + "',[" + elements + "]]";
	}

	private static String object(String type, String fields) {
		return "{'@class':'" + type + "'," + fields + "}";
	}

	private static String repeat(IntFunction<String> part) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; text.length() < SIZE; i++) {
			text.append((i > 0) ? "," : "").append(part.apply(i));
		}
		return text.toString();
	}

	/**
	 * Texts that all have the same hash code.
	 */
	private static String alike(int i) {
		StringBuilder text = new StringBuilder();
		for (int bit = 0; bit < 16; bit++) {
			text.append(((i >> bit & 1) == 0) ? "Aa" : "BB");
		}
		return text.toString();
	}

}
