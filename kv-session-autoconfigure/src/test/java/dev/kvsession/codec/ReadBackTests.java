package dev.kvsession.codec;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.kvsession.codec.shop.Cart;
import dev.kvsession.codec.shop.Opaque;
import dev.kvsession.codec.shop.Preferences;

import static org.assertj.core.api.Assertions.assertThat;

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

}
