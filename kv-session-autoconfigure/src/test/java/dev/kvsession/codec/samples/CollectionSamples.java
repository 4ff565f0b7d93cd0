package dev.kvsession.codec.samples;

import java.net.URI;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.util.LinkedMultiValueMap;

import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Item;

/**
 * Collections and maps.
 */
public final class CollectionSamples {

	private CollectionSamples() {
	}

	public static Stream<Sample> all() throws Exception {
		return Stream.of(lists(), sets(), maps(), keys()).flatMap((samples) -> samples);
	}

	private static Stream<Sample> lists() throws Exception {
		return Stream.of(Sample.json("array list", new ArrayList<>(List.of("a", 1, 2L))),
				Sample.json("List.of", List.of("a", 1L)), Sample.json("List.of one", List.of(5L)),
				Sample.json("empty List.of", List.of()), Sample.json("stream to list", Stream.of("a", "b").toList()),
				Sample.json("Arrays.asList", Arrays.asList("a", null)),
				Sample.json("list of nulls", new ArrayList<>(Arrays.asList(null, null))),
				Sample.json("unmodifiable list", Collections.unmodifiableList(new ArrayList<>(List.of(1)))),
				Sample.json("singleton list", Collections.singletonList(1.5f)),
				Sample.json("empty list", Collections.emptyList()),
				Sample.json("synchronized list", Collections.synchronizedList(new ArrayList<>(List.of(1)))),
				Sample.json("sub list", new ArrayList<>(List.of(1, 2, 3)).subList(1, 3)),
				Sample.json("copies", Collections.nCopies(3, "x")),
				Sample.json("linked list", new LinkedList<>(List.of(1))),
				Sample.json("array deque", new ArrayDeque<>(List.of(1, 2))),
				Sample.json("vector", new Vector<>(List.of(1))),
				Sample.json("copy on write list", new CopyOnWriteArrayList<>(List.of(1))),
				Sample.json("concurrent queue", new ConcurrentLinkedQueue<>(List.of(1))),
				Sample.json("priority queue", new PriorityQueue<>(List.of(3, 1, 2))),
				Sample.json("list of urls", List.of(URI.create("https://kv-session.invalid/a").toURL())),
				Sample.json("nested lists", List.of(List.of(1, List.of()), List.of("x"))));
	}

	private static Stream<Sample> sets() {
		return Stream.of(Sample.json("hash set", new HashSet<>(Set.of("a", "b", "c"))),
				Sample.json("big hash set",
						new HashSet<>(IntStream.range(0, 5000).map((i) -> i * 7919).boxed().toList())),
				Sample.json("linked hash set", new LinkedHashSet<>(List.of(3, 1))),
				Sample.json("tree set", new TreeSet<>(Set.of(2, 1))), Sample.json("Set.of", Set.of("a", 1L, 2)),
				Sample.json("empty set", Collections.emptySet()), Sample.json("singleton", Collections.singleton("a")),
				Sample.json("unmodifiable set", Collections.unmodifiableSet(new LinkedHashSet<>(List.of("b", "a")))),
				Sample.json("enum set", EnumSet.of(Color.RED, Color.GREEN)),
				Sample.json("empty enum set", EnumSet.noneOf(Color.class)),
				Sample.json("copy on write set", new CopyOnWriteArraySet<>(List.of(1))),
				Sample.json("concurrent set", concurrentSet()), Sample.jdk("tree set with comparator", reversed()));
	}

	private static Set<String> concurrentSet() {
		Set<String> set = ConcurrentHashMap.newKeySet();
		set.add("a");
		return set;
	}

	private static TreeSet<String> reversed() {
		TreeSet<String> set = new TreeSet<>(Collections.reverseOrder());
		set.addAll(List.of("a", "b"));
		return set;
	}

	private static Stream<Sample> maps() {
		TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.put("Accept", "*/*");
		LinkedMultiValueMap<String, String> multi = new LinkedMultiValueMap<>();
		multi.add("a", "1");
		Properties properties = new Properties();
		properties.setProperty("a", "b");
		return Stream.of(Sample.json("hash map", new HashMap<>(Map.of("a", 1L, "b", "x"))),
				Sample.json("hash map with null", new HashMap<>(Collections.singletonMap("a", null))),
				Sample.json("linked hash map", new LinkedHashMap<>(Map.of("a", List.of(Map.of("b", 1L))))),
				Sample.json("tree map", new TreeMap<>(Map.of("b", 1, "a", 2))),
				Sample.json("Map.of", Map.of("a", 1L, "b", 2)), Sample.json("Map.of one", Map.of("a", 1)),
				Sample.json("empty Map.of", Map.of()), Sample.json("singleton map", Collections.singletonMap("a", 1)),
				Sample.json("empty map", Collections.emptyMap()),
				Sample.json("unmodifiable map", Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("z", 1)))),
				Sample.json("concurrent map", new ConcurrentHashMap<>(Map.of("a", 1))),
				Sample.json("skip list map", new ConcurrentSkipListMap<>(Map.of("a", 1))),
				Sample.json("hashtable", new Hashtable<>(Map.of("a", 1))), Sample.json("properties", properties),
				Sample.json("multi value map", multi), Sample.json("entry", new AbstractMap.SimpleEntry<>("a", 1L)),
				Sample.json("map of class-like keys", Map.of("@class", "java.io.File", "@type", "x")),
				Sample.jdk("tree map with comparator", headers));
	}

	private static Stream<Sample> keys() {
		EnumMap<Color, Object> byColor = new EnumMap<>(Color.class);
		byColor.put(Color.GREEN, List.of(1L));
		return Stream.of(Sample.json("int keys", new HashMap<>(Map.of(1, "a", 2, "b"))),
				Sample.json("long keys", Map.of(1L << 40, "a")), Sample.json("boolean keys", Map.of(true, 1)),
				Sample.json("uuid keys", Map.of(new UUID(1, 2), 1)),
				Sample.json("date keys", new TreeMap<>(Map.of(LocalDate.EPOCH, 1))),
				Sample.json("enum keys", Map.of(Color.RED, 1)),
				Sample.json("constant with body as key", Map.of(Color.GREEN, 1)), Sample.json("enum map", byColor),
				Sample.json("keys of several types", mixed()),
				Sample.json("keys with a mark", Map.of("#a", 1, "##", 2, "#", 3, "", 4)),
				Sample.json("record keys", Map.of(new Item(1, "a", null, Color.RED), 1)),
				Sample.json("null key", nullKey()), Sample.json("list keys", Map.of(List.of(1), 1)));
	}

	private static Map<Object, Object> mixed() {
		Map<Object, Object> map = new LinkedHashMap<>();
		map.put("1", "string");
		map.put(1, "int");
		map.put(1L, "long");
		return map;
	}

	private static Map<String, Object> nullKey() {
		Map<String, Object> map = new HashMap<>();
		map.put(null, 1);
		return map;
	}

}
