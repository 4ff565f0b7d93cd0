package dev.kvsession.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.web.servlet.FlashMap;

import dev.kvsession.codec.samples.CollectionSamples;
import dev.kvsession.codec.samples.EverydaySamples;
import dev.kvsession.codec.samples.OAuth2Samples;
import dev.kvsession.codec.samples.Sample;
import dev.kvsession.codec.samples.SecuritySamples;
import dev.kvsession.codec.samples.ShopSamples;
import dev.kvsession.codec.samples.ValueSamples;
import dev.kvsession.codec.samples.Way;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.value.ReadBack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each value in each place of a session in which it can stand.
 */
class CarrierTests {

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	static Stream<Carrier> carriers() {
		return Stream.of(new Carrier("attribute", (value) -> value), new Carrier("flash map", CarrierTests::flash),
				new Carrier("flash maps", (value) -> new CopyOnWriteArrayList<>(List.of(flash(value)))),
				new Carrier("session bean", (value) -> new Holder(value, null)),
				new Carrier("list", (value) -> new ArrayList<>(Collections.singletonList(value))),
				new Carrier("copy on write list", (value) -> new CopyOnWriteArrayList<>(List.of(value))),
				new Carrier("map", (value) -> new LinkedHashMap<>(Map.of("a", value))),
				new Carrier("key", (value) -> new LinkedHashMap<>(Map.of(value, 1))),
				new Carrier("set", (value) -> new LinkedHashSet<>(List.of(value))),
				new Carrier("array", (value) -> new Object[] { value }), new Carrier("optional", Optional::of),
				new Carrier("entry", (value) -> Map.entry("a", value)),
				new Carrier("pair", (value) -> new kotlin.Pair<>(value, 1)),
				new Carrier("details of a login", CarrierTests::details),
				new Carrier("attribute of a user", (value) -> new DefaultOAuth2User(SecuritySamples.AUTHORITIES,
						Map.of("id", 1, "a", value), "id")));
	}

	static Stream<Sample> values() throws Exception {
		return Stream
			.of(ValueSamples.all(), CollectionSamples.all(), ShopSamples.all(), EverydaySamples.all(),
					SecuritySamples.all(), OAuth2Samples.all())
			.flatMap((samples) -> samples)
			.filter((sample) -> sample.way() == Way.JSON);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("values")
	@DisplayName("P9 a value goes through each carrier, alone and within another, as it does alone")
	void goesThroughEachCarrier(Sample sample) {
		List<String> lost = new ArrayList<>();
		List<Carrier> carriers = carriers().toList();
		// All samples together have each carrier in each other one some twenty times.
		int shift = Math.floorMod(sample.toString().hashCode(), carriers.size() - 1) + 1;
		for (int at = 0; at < carriers.size(); at++) {
			Carrier outer = carriers.get(at);
			for (Carrier inner : List.of(carriers.get(0), carriers.get((at + shift) % carriers.size()))) {
				String failure = failure(outer.wrap().apply(inner.wrap().apply(sample.value())));
				if (failure != null) {
					lost.add(inner.name() + " in " + outer.name() + ": " + failure);
				}
			}
		}
		assertThat(lost).isEmpty();
	}

	private String failure(Object value) {
		try {
			StoredAttribute stored = this.codec.encodeAttribute("a", value, Records.AT);
			Object read = this.codec.decodeAttribute("a", stored);
			StoredAttribute again = this.codec.encodeAttribute("a", read, Records.AT);
			boolean same = this.codec.isStored("a", read, stored)
					&& ReadBack.difference(value, this.codec.decodeAttribute("a", again)) == null;
			return (same) ? null : "is not the same a second time";
		}
		catch (RuntimeException ex) {
			return ex.getMessage();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("carriers")
	void decimalsKeepTheirScale(Carrier carrier) {
		StoredAttribute stored = this.codec.encodeAttribute("a", carrier.wrap().apply(new BigDecimal("19.90")),
				Records.AT);
		assertThat(stored.raw()).contains("19.90");
		assertThat(ReadBack.difference(carrier.wrap().apply(new BigDecimal("19.90")),
				this.codec.decodeAttribute("a", stored)))
			.isNull();
	}

	private static Object flash(Object value) {
		FlashMap flash = new FlashMap();
		flash.put("a", value);
		flash.setTargetRequestPath("/orders");
		flash.addTargetRequestParam("id", "5");
		flash.setExpirationTime(1_790_000_000_000L);
		return flash;
	}

	private static Object details(Object value) {
		UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.authenticated("u", null,
				SecuritySamples.AUTHORITIES);
		login.setDetails(value);
		return new SecurityContextImpl(login);
	}

	/**
	 * A place for a value.
	 *
	 * @param name what it is
	 * @param wrap puts a value there
	 */
	record Carrier(String name, UnaryOperator<Object> wrap) {

	}

}
