package dev.kvsession.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.codec.samples.OAuth2Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The estimate against bytes of heap that one session in memory was measured to retain,
 * its attributes decoded (JDK 17, 64 bits, compressed references; 10,000 sessions, used
 * heap after collections).
 */
class SnapshotWeightTests {

	private static final Stamp AT = new Stamp(1, 0, "w");

	static List<Arguments> measured() {
		return List.of(Arguments.of("none", Map.of(), 542), Arguments.of("small", Map.of("a", "v12345678"), 1032),
				Arguments.of("text", Map.of("text", "x".repeat(2008)), 5028),
				Arguments.of("two bytes a character", Map.of("text", "\u65e5".repeat(2008)), 9120),
				Arguments.of("numbers", Map.of("n", IntStream.range(1_000_000, 1_000_500).boxed().toList()), 15_243),
				Arguments.of("maps",
						Map.of("cart", IntStream.range(0, 20).mapToObj(SnapshotWeightTests::item).toList()), 9525));
	}

	private static Map<String, Object> item(int number) {
		return new LinkedHashMap<>(Map.of("sku", "sku-12345678-" + number, "count", number, "price", number + 0.5));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("measured")
	void coversWhatWasMeasured(String name, Map<String, Object> attributes, int heap) {
		assertThat(weight(attributes)).isBetween(heap * 9 / 10, heap * 3 / 2);
	}

	@Test
	void aLoginWeighsSeveralTimesItsRecord() {
		Map<String, Object> attributes = Map.of(SecurityContexts.ATTRIBUTE, OAuth2Samples.githubContext());
		int size = World.CODEC.encode(record(attributes)).length();
		assertThat(weight(attributes)).isBetween(3 * size, 5 * size);
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
