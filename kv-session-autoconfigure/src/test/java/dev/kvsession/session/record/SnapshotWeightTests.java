package dev.kvsession.session.record;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.codec.samples.OAuth2Samples;
import dev.kvsession.codec.samples.SecuritySamples;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecurityContexts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The estimate against bytes of heap that one session in memory was measured to retain,
 * its attributes decoded (JDK 17, 64 bits, compressed references; 4,000 sessions, used
 * heap after collections).
 */
class SnapshotWeightTests {

	private static final Stamp AT = new Stamp(1, 0, "w");

	static List<Arguments> measured() {
		return List.of(Arguments.of("none", Map.of(), 567), Arguments.of("small", Map.of("a", "v12345678"), 1058),
				Arguments.of("many", many(), 3887), Arguments.of("text", Map.of("text", "x".repeat(2008)), 3042),
				Arguments.of("two bytes a character", Map.of("text", "\u65e5".repeat(2008)), 5081),
				Arguments.of("token", Map.of("text", token()), 5028),
				Arguments.of("numbers", Map.of("n", IntStream.range(1_000_000, 1_000_500).boxed().toList()), 12_124),
				Arguments.of("maps",
						Map.of("cart", IntStream.range(0, 20).mapToObj(SnapshotWeightTests::item).toList()), 8078),
				Arguments.of("user and password",
						context(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
								new User("octocat", "", SecuritySamples.AUTHORITIES), null,
								SecuritySamples.AUTHORITIES))),
						1828),
				Arguments.of("GitHub", context(OAuth2Samples.plainContext()), 6676),
				Arguments.of("GitHub, with a plan", context(OAuth2Samples.githubContext()), 6809));
	}

	private static Map<String, Object> many() {
		Map<String, Object> many = new LinkedHashMap<>();
		IntStream.range(0, 10).forEach((i) -> many.put("attribute" + i, "v1234567" + i));
		return many;
	}

	/*
	 * Cannot be compressed.
	 */
	private static String token() {
		byte[] bytes = new byte[1500];
		new Random(1).nextBytes(bytes);
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static Map<String, Object> item(int number) {
		return new LinkedHashMap<>(Map.of("sku", "sku-12345678-" + number, "count", number, "price", number + 0.5));
	}

	private static Map<String, Object> context(Object context) {
		return Map.of(SecurityContexts.ATTRIBUTE, context);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("measured")
	void isWhatWasMeasured(String name, Map<String, Object> attributes, int heap) {
		assertThat(weight(attributes)).isCloseTo(heap, Percentage.withPercentage(15));
	}

	private static int weight(Map<String, Object> attributes) {
		SessionRecord record = record(attributes);
		int size = World.CODEC.encode(record).getBytes(StandardCharsets.UTF_8).length;
		return new Snapshot(record, size, Map.of(), null).weight();
	}

	private static SessionRecord record(Map<String, Object> attributes) {
		Map<String, StoredAttribute> stored = new LinkedHashMap<>();
		attributes.forEach((name, value) -> stored.put(name, World.CODEC.encodeAttribute(name, value, AT)));
		return new SessionRecord(AT, Instant.EPOCH, Instant.EPOCH, null, Duration.ofDays(7), null, Map.of(), stored,
				Map.of(), Map.of());
	}

}
