package dev.kvsession.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records and codecs for tests.
 */
final class Records {

	static final Stamp AT = new Stamp(1_790_000_000_000L, 3, "w1");

	static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);

	private Records() {
	}

	static JsonSessionCodec codec(JdkFallback fallback) {
		return new JsonSessionCodec(Records.class.getClassLoader(), List.of("dev.kvsession.codec.shop"), fallback);
	}

	static SessionRecord full() {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("userId", "583231");
		claims.put("email", null);
		claims.put("roles", List.of("user", Map.of("level", 5)));
		Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
		attributes.put("cart", new StoredAttribute(AT, "json", "{ \"a\" : [1.0E5, \"\\u00e9é😀\" ] }"));
		attributes.put("old", new StoredAttribute(AT, "jdk", "\"rO0ABXQAAWE=\""));
		return new SessionRecord(AT, NOW, NOW.plusSeconds(5), NOW.plus(Duration.ofDays(7)), Duration.ofDays(7),
				new Stamp(5, 0, "w2"), claims, attributes, Map.of("gone", new Stamp(6, 1, "w3")),
				Map.of("future", "{\"x\": 1.50}"));
	}

	static SessionRecord with(Map<String, StoredAttribute> attributes) {
		return new SessionRecord(AT, NOW, NOW, null, Duration.ZERO, null, Map.of(), attributes, Map.of(), Map.of());
	}

}
