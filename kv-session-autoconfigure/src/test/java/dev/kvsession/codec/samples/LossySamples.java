package dev.kvsession.codec.samples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import org.springframework.util.LinkedCaseInsensitiveMap;

import dev.kvsession.codec.shop.Account;
import dev.kvsession.codec.shop.Backwards;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Customer;
import dev.kvsession.codec.shop.Forgetful;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Latest;
import dev.kvsession.codec.shop.Opaque;
import dev.kvsession.codec.shop.Preferences;
import dev.kvsession.codec.shop.Recent;
import dev.kvsession.codec.shop.SoldOutException;
import dev.kvsession.codec.shop.Tally;

/**
 * Values of which JSON, or Java serialization as well, loses what their {@code equals}
 * does not look at; beside their like, of which nothing is lost.
 */
public final class LossySamples {

	private LossySamples() {
	}

	public static Stream<Sample> all() {
		return Stream.of(entities(), objects(), maps(), sorted(), wrapped(), harmless()).flatMap((samples) -> samples);
	}

	private static Stream<Sample> entities() {
		Account account = new Account(1, "ada");
		return Stream.of(Sample.jdk("entity", account), Sample.jdk("entity in a list", List.of(account)),
				Sample.jdk("entity in a set", new HashSet<>(Set.of(account))),
				Sample.jdk("entity in Set.of", Set.of(account, new Account(2, "grace"))),
				Sample.jdk("entity in a linked set", new LinkedHashSet<>(List.of(account))),
				Sample.jdk("entity in a set in a map", new HashMap<>(Map.of("a", Set.of(account)))),
				Sample.jdk("entity in a set in a set", Set.of(Set.of(account))),
				Sample.jdk("entity in a set in a record", new Holder(Set.of(account), null)),
				Sample.jdk("entity in a concurrent map", new ConcurrentHashMap<>(Map.of("a", account))),
				Sample.jdk("entity as a key", new HashMap<>(Map.of(account, 1))),
				Sample.jdk("opaque in a set", Set.of(new Opaque().with("x"))),
				Sample.jdk("map with a field in a set", Set.of(new Preferences().theme("dark"))),
				Sample.refused("forgetful", new Forgetful("x")),
				Sample.refused("forgetful in a set", new HashSet<>(Set.of(new Forgetful("x")))),
				Sample.refused("forgetful as a key", new HashMap<>(Map.of(new Forgetful("x"), 1))),
				Sample.refused("forgetful in a key", new HashMap<>(Map.of(List.of(new Forgetful("x")), 1))));
	}

	private static Stream<Sample> objects() {
		SoldOutException caused = new SoldOutException("tea");
		caused.initCause(new SoldOutException("harvest"));
		SoldOutException suppressing = new SoldOutException("tea");
		suppressing.addSuppressed(new SoldOutException("coffee"));
		return Stream.of(Sample.json("exception in JSON", new SoldOutException("tea")),
				Sample.jdk("exception with a cause", caused), Sample.jdk("suppressed exception", suppressing),
				Sample.jdk("state inherited from the JDK", new Tally().count(5)),
				Sample.json("nothing inherited", new Tally()),
				Sample.refused("entity in a reference", new Latest(null, new Account(1, "ada"))),
				Sample.json("entity without loss in a reference", new Latest(new Customer(1, "ada"), null)));
	}

	private static Stream<Sample> maps() {
		Properties defaults = new Properties();
		defaults.setProperty("a", "b");
		Properties inherited = new Properties();
		inherited.putAll(new Properties(defaults));
		return Stream.of(Sample.jdk("access order", accessOrder("a", "b")),
				Sample.jdk("access order of one entry", accessOrder("a")),
				Sample.jdk("access order of an empty map", accessOrder()),
				Sample.jdk("access order in a list", List.of(accessOrder("a"))),
				Sample.json("access order of a class", new Recent()),
				Sample.jdk("properties with defaults", new Properties(defaults)),
				Sample.jdk("properties with defaults of defaults", new Properties(new Properties(defaults))),
				Sample.json("properties with empty defaults", inherited),
				Sample.json("empty enum map", new EnumMap<>(Color.class)),
				Sample.refused("identity map", new IdentityHashMap<>(Map.of("a", 1))),
				Sample.refused("weak map", new WeakHashMap<>(Map.of("a", 1))));
	}

	private static Stream<Sample> sorted() {
		TreeSet<String> backwards = new TreeSet<>(new Backwards(true));
		backwards.add("a");
		PriorityQueue<String> queue = new PriorityQueue<>(new Backwards(false));
		queue.addAll(List.of("a", "b"));
		return Stream.of(Sample.jdk("comparator of the application", backwards),
				Sample.jdk("priority queue with comparator", queue),
				Sample.jdk("skip list with comparator", new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER)),
				Sample.jdk("reversed comparator", new TreeSet<>(Collections.reverseOrder(new Backwards(true)))));
	}

	private static Stream<Sample> wrapped() {
		TreeMap<String, Integer> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.put("Accept", 1);
		TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.add("Accept");
		return Stream.of(Sample.jdk("synchronized access order", Collections.synchronizedMap(accessOrder("a"))),
				Sample.jdk("set from access order", Collections.newSetFromMap(accessOrderOfFlags())),
				Sample.jdk("unmodifiable access order", Collections.unmodifiableMap(accessOrder("a"))),
				Sample.jdk("unmodifiable map with comparator", Collections.unmodifiableMap(headers)),
				Sample.jdk("unmodifiable set with comparator", Collections.unmodifiableSet(names)),
				Sample.jdk("twice wrapped", Collections.unmodifiableMap(Collections.synchronizedMap(headers))),
				Sample.jdk("synchronized tree map", Collections.synchronizedMap(new TreeMap<>(Map.of("a", 1)))),
				Sample.jdk("checked tree map",
						Collections.checkedMap(new TreeMap<>(Map.of("a", 1)), String.class, Integer.class)),
				Sample.jdk("set from a tree map", Collections.newSetFromMap(new TreeMap<String, Boolean>())),
				Sample.jdk("synchronized enum map", Collections.synchronizedMap(new EnumMap<>(Map.of(Color.RED, 1)))),
				Sample.jdk("synchronized map of the application",
						Collections.synchronizedMap(new Preferences().theme("dark"))),
				Sample.refused("set by identity", Collections.newSetFromMap(new IdentityHashMap<>())),
				Sample.refused("weak set", Collections.newSetFromMap(new WeakHashMap<>())),
				Sample.refused("synchronized identity map", Collections.synchronizedMap(new IdentityHashMap<>())),
				Sample.refused("keys by identity", new IdentityHashMap<>(Map.of("a", 1)).keySet()),
				Sample.refused("weak keys", new WeakHashMap<>(Map.of("a", 1)).keySet()),
				Sample.refused("unmodifiable map without case",
						Collections.unmodifiableMap(new LinkedCaseInsensitiveMap<>())));
	}

	private static Stream<Sample> harmless() {
		Set<String> fromMap = Collections.newSetFromMap(new ConcurrentHashMap<>());
		fromMap.add("a");
		Collection<String> list = new ArrayList<>(List.of("a"));
		return Stream.of(Sample.json("entity without loss in a set", Set.of(new Customer(1, "ada"))),
				Sample.json("entity whose part is null", Set.of(new Account(1, null))),
				Sample.json("set from a concurrent map", fromMap),
				Sample.json("synchronized map", Collections.synchronizedMap(new HashMap<>(Map.of("a", 1)))),
				Sample.json("synchronized set", Collections.synchronizedSet(new HashSet<>(Set.of("a")))),
				Sample.json("checked list", Collections.checkedList(new ArrayList<>(list), String.class)),
				Sample.json("checked map",
						Collections.checkedMap(new HashMap<>(Map.of("a", 1)), String.class, Integer.class)),
				Sample.json("unmodifiable tree map", Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 1)))),
				Sample.json("unmodifiable sorted map",
						Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("a", 1)))),
				Sample.json("unmodifiable enum set", Collections.unmodifiableSet(EnumSet.of(Color.RED))),
				Sample.json("keys", new TreeMap<>(Map.of("b", 1, "a", 1)).keySet()),
				Sample.json("linked keys", new LinkedHashMap<>(Map.of("b", 1, "a", 1)).keySet()));
	}

	private static Map<String, Object> accessOrder(String... keys) {
		Map<String, Object> map = new LinkedHashMap<>(16, .75f, true);
		for (String key : keys) {
			map.put(key, 1);
		}
		return map;
	}

	private static Map<String, Boolean> accessOrderOfFlags() {
		return new LinkedHashMap<>(16, .75f, true);
	}

}
