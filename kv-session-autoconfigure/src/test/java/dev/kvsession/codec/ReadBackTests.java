package dev.kvsession.codec;

import java.lang.reflect.InaccessibleObjectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpPrincipal;
import com.sun.security.auth.UserPrincipal;
import org.junit.jupiter.api.Test;

import dev.kvsession.codec.shop.Cart;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Customer;
import dev.kvsession.codec.shop.Opaque;
import dev.kvsession.codec.shop.Preferences;
import dev.kvsession.codec.value.ReadBack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReadBackTests {

	@Test
	void seesWhatEqualsDoesNot() {
		assertThat(ReadBack.difference(new Opaque().with("a"), new Opaque().with("b"))).isEqualTo(String.class);
		assertThat(ReadBack.difference(new Preferences().theme("a"), new Preferences().theme("b")))
			.isEqualTo(String.class);
	}

	@Test
	void comparesWhatHasNoEquals() {
		assertThat(ReadBack.difference(new Cart().add(null, "a"), new Cart().add(null, "a"))).isNull();
		assertThat(ReadBack.difference(new Cart().add(null, "a"), new Cart().add(null, "b"))).isEqualTo(String.class);
		assertThat(ReadBack.difference(new int[][] { { 1 } }, new int[][] { { 1 } })).isNull();
		assertThat(ReadBack.difference(new int[][] { { 1 } }, new int[][] { { 2 } })).isEqualTo(Integer.class);
	}

	@Test
	void comparesUrlsWithoutResolvingThem() throws Exception {
		assertThat(
				ReadBack.difference(URI.create("http://localhost/").toURL(), URI.create("http://127.0.0.1/").toURL()))
			.isEqualTo(java.net.URL.class);
	}

	@Test
	void tellsKeysOfOtherTypesApart() {
		assertThat(ReadBack.difference(new HashMap<>(Map.of(1, "a")), new HashMap<>(Map.of("1", "a"))))
			.isEqualTo(HashMap.class);
	}

	@Test
	void tellsKindsOfCollectionsApart() {
		assertThat(ReadBack.difference(List.of(1), new LinkedList<>(List.of(1)))).isNull();
		assertThat(ReadBack.difference(List.of(1), new LinkedHashSet<>(List.of(1)))).isNotNull();
		assertThat(ReadBack.difference(List.of(1L), List.of(1))).isEqualTo(Long.class);
		assertThat(ReadBack.difference(Arrays.asList("a", null), new ArrayList<>(Arrays.asList("a", "b")))).isNotNull();
		assertThat(ReadBack.difference(new TreeMap<>(String.CASE_INSENSITIVE_ORDER), new TreeMap<>())).isNotNull();
	}

	@Test
	void namesTheInnermostDifference() {
		Map<String, Object> written = new HashMap<>(Map.of("a", new Customer(1, "ada"), "b", 1));
		Map<String, Object> read = new HashMap<>(Map.of("a", new Customer(1, "grace"), "b", 1));
		assertThat(ReadBack.difference(written, read)).isEqualTo(String.class);
		assertThat(ReadBack.difference(Set.of(new Customer(1, "ada")), Set.of(new Customer(1, "grace"))))
			.isEqualTo(Customer.class);
		assertThat(ReadBack.difference(List.of(new HashSet<>(Set.of(1))), List.of(new HashSet<>(Set.of(1, 2)))))
			.isEqualTo(HashSet.class);
		assertThat(ReadBack.difference(new LinkedHashMap<>(16, .75f, true), new LinkedHashMap<>()))
			.isEqualTo(LinkedHashMap.class);
	}

	@Test
	void tellsTypesOfConstantsApart() {
		assertThat(ReadBack.difference(new EnumMap<>(Color.class), new EnumMap<>(TimeUnit.class)))
			.isEqualTo(EnumMap.class);
		assertThat(ReadBack.difference(EnumSet.noneOf(Color.class), EnumSet.noneOf(TimeUnit.class))).isNotNull();
		assertThat(ReadBack.difference(EnumSet.noneOf(Color.class), EnumSet.noneOf(Color.class))).isNull();
	}

	@Test
	void comparesWhatAModuleKeepsClosedByItsSerialForm() {
		assertThat(ReadBack.difference(new UserPrincipal("ada"), new UserPrincipal("ada"))).isNull();
		assertThat(ReadBack.difference(new UserPrincipal("ada"), new UserPrincipal("grace"))).isEqualTo(String.class);
		HttpPrincipal closed = new HttpPrincipal("ada", "realm");
		assertThatExceptionOfType(InaccessibleObjectException.class)
			.isThrownBy(() -> ReadBack.difference(closed, new HttpPrincipal("ada", "realm")));
	}

	@Test
	void remembersNoPairThatWasTakenForTheSameOnTheWayToADifference() {
		Object shared = new Customer(1, "ada");
		Set<Object> written = new HashSet<>(Set.of(deep(List.of(shared, "a")), deep(List.of(shared, "b"))));
		Set<Object> read = new HashSet<>(
				Set.of(deep(List.of(new Customer(1, "ada"), "a")), deep(List.of(new Customer(1, "grace"), "b"))));
		assertThat(ReadBack.difference(written, read)).isNotNull();
	}

	/**
	 * So deep that a structural hash does not see it.
	 */
	private static Object deep(Object innermost) {
		Object value = innermost;
		for (int i = 0; i < 20; i++) {
			value = List.of(value);
		}
		return value;
	}

}
