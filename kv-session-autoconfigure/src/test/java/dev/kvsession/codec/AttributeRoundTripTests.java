package dev.kvsession.codec;

import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.samples.CollectionSamples;
import dev.kvsession.codec.samples.EverydaySamples;
import dev.kvsession.codec.samples.LossySamples;
import dev.kvsession.codec.samples.OAuth2Samples;
import dev.kvsession.codec.samples.OidcSamples;
import dev.kvsession.codec.samples.PrincipalSamples;
import dev.kvsession.codec.samples.Sample;
import dev.kvsession.codec.samples.SecuritySamples;
import dev.kvsession.codec.samples.ShopSamples;
import dev.kvsession.codec.samples.ValueSamples;
import dev.kvsession.codec.samples.Way;
import dev.kvsession.codec.samples.WebAuthnSamples;
import dev.kvsession.codec.trust.CanonicalTypes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each sample through attribute, record text, record and attribute again.
 */
class AttributeRoundTripTests {

	private static final Stamp AT = new Stamp(1_790_000_000_000L, 3, "w1");

	private static final ClassLoader LOADER = AttributeRoundTripTests.class.getClassLoader();

	private static final List<String> TRUSTED = List.of("dev.kvsession.codec.shop");

	private final JsonSessionCodec json = new JsonSessionCodec(LOADER, TRUSTED, JdkFallback.OFF);

	private final JsonSessionCodec jdk = new JsonSessionCodec(LOADER, TRUSTED, JdkFallback.ON);

	static Stream<Sample> samples() throws Exception {
		return Stream
			.of(ValueSamples.all(), CollectionSamples.all(), ShopSamples.all(), SecuritySamples.all(),
					EverydaySamples.all(), PrincipalSamples.all(), OAuth2Samples.all(), OidcSamples.all(),
					WebAuthnSamples.all(), LossySamples.all())
			.flatMap((samples) -> samples);
	}

	static Stream<Sample> storable() throws Exception {
		return samples().filter((sample) -> sample.way() != Way.REFUSED);
	}

	static Stream<Sample> beyondJson() throws Exception {
		return samples().filter((sample) -> sample.way() != Way.JSON);
	}

	static Stream<Sample> refused() throws Exception {
		return samples().filter((sample) -> sample.way() == Way.REFUSED);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("storable")
	@DisplayName("P9 a value that is stored comes back")
	void comesBack(Sample sample) {
		JsonSessionCodec codec = (sample.way() == Way.JSON) ? this.json : this.jdk;
		StoredAttribute stored = codec.encodeAttribute("a", sample.value(), AT);
		assertThat(stored.format()).isEqualTo((sample.way() == Way.JSON) ? "json" : "jdk");
		SessionRecord read = codec.decode(codec.encode(recordOf(stored)));
		assertThat(read.attributes()).containsExactly(Map.entry("a", stored));
		Object value = codec.decodeAttribute("a", read.attributes().get("a"));
		assertSame(sample.value(), value);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("beyondJson")
	@DisplayName("P9 a value that JSON cannot carry is refused where it is set")
	void isRefused(Sample sample) {
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.json.encodeAttribute("cart", sample.value(), AT))
			.withMessageContaining("'cart'")
			.withMessageContaining(sample.value().getClass().getName())
			.withMessageContaining("cloudflare.kv.session.")
			.withNoCause();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refused")
	@DisplayName("P9 Java serialization trusts no more types than JSON")
	void isRefusedWithFallback(Sample sample) {
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.jdk.encodeAttribute("cart", sample.value(), AT))
			.withMessageContaining("'cart'")
			.withMessageContaining(sample.value().getClass().getName());
	}

	private static SessionRecord recordOf(StoredAttribute stored) {
		return new SessionRecord(AT, Instant.ofEpochMilli(1), Instant.ofEpochMilli(2), null, Duration.ofDays(7), null,
				Map.of(), Map.of("a", stored), Map.of(), Map.of());
	}

	private static void assertSame(Object expected, Object actual) {
		assertThat(CanonicalTypes.of(actual.getClass())).isEqualTo(CanonicalTypes.of(expected.getClass()));
		if (expected instanceof Throwable throwable) {
			assertThat((Throwable) actual).hasMessage(throwable.getMessage());
			return;
		}
		if (expected instanceof Map<?, ?> map) {
			assertThat(((Map<?, ?>) actual).keySet()).isEqualTo(map.keySet());
			assertSame(new ArrayList<>(map.values()), new ArrayList<>(((Map<?, ?>) actual).values()));
			return;
		}
		assertThat(actual).usingRecursiveComparison(comparison()).isEqualTo(expected);
	}

	private static RecursiveComparisonConfiguration comparison() {
		return RecursiveComparisonConfiguration.builder()
			.withIgnoreAllOverriddenEquals(true)
			.withEqualsForType((a, b) -> a.toExternalForm().equals(b.toExternalForm()), URL.class)
			.withEqualsForType(Double::equals, Double.class)
			.withEqualsForType((a, b) -> a.toString().contentEquals(b), StringBuilder.class)
			.withEqualsForType((a, b) -> a.toString().contentEquals(b), StringBuffer.class)
			.withEqualsForType((a, b) -> a.pattern().equals(b.pattern()) && a.flags() == b.flags(), Pattern.class)
			.withEqualsForType((a, b) -> a.getAttributes().equals(b.getAttributes()), Cookie.class)
			.withIgnoredFieldsMatchingRegexes("(.*\\.)?cache")
			.build();
	}

}
