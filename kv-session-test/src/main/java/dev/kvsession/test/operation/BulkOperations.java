package dev.kvsession.test.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.format.Json;
import dev.kvsession.test.format.KeyRules;
import dev.kvsession.test.format.Ttls;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.store.Turn;
import dev.kvsession.test.store.Writer;

/**
 * Writes and deletes of many keys. A pair that breaks a rule fails the whole call; a key
 * that is written too often, or that a fault names, is reported as unsuccessful. If a key
 * is sent twice, the last pair counts.
 */
final class BulkOperations {

	/**
	 * Source: API reference, "Write multiple key-value pairs" (read 2026-11), as the
	 * size.
	 */
	private static final int MAX_PAIRS = 10_000;

	private static final int MAX_BODY_BYTES = 100_000_000;

	private final Writer writer;

	BulkOperations(Writer writer) {
		this.writer = writer;
	}

	Operation put(byte[] body) {
		List<BulkPair> pairs = new ArrayList<>();
		Map<String, Long> ttls = new HashMap<>();
		for (JsonNode node : elements(body)) {
			BulkPair pair = BulkPair.of(node);
			pairs.add(pair);
			ttls.putAll(Ttls.sent(pair.key(), pair.ttl()));
		}
		List<String> keys = pairs.stream().map(BulkPair::key).toList();
		return new Operation(KvCallKind.BULK_PUT, keys, ttls, (turn) -> putAll(entries(pairs, turn.now()), turn));
	}

	Operation delete(byte[] body) {
		Set<String> distinct = new LinkedHashSet<>();
		for (JsonNode node : elements(body)) {
			distinct.add(KeyRules.require(node.isString() ? node.stringValue() : ""));
		}
		List<String> keys = List.copyOf(distinct);
		return Operation.of(KvCallKind.BULK_DELETE, keys,
				(turn) -> each(keys, (key) -> this.writer.tryWrite(key, null, turn)));
	}

	private Answer putAll(Map<String, KvEntry> entries, Turn turn) {
		return each(entries.keySet(), (key) -> this.writer.tryWrite(key, entries.get(key), turn));
	}

	private static Map<String, KvEntry> entries(List<BulkPair> pairs, Instant now) {
		Map<String, KvEntry> entries = new LinkedHashMap<>();
		pairs.forEach((pair) -> entries.put(pair.key(), pair.entry(now)));
		return entries;
	}

	private static Answer each(Iterable<String> keys, Predicate<String> write) {
		int successful = 0;
		ArrayNode unsuccessful = Json.array();
		for (String key : keys) {
			if (write.test(key)) {
				successful++;
			}
			else {
				unsuccessful.add(key);
			}
		}
		ObjectNode result = Json.object().put("successful_key_count", successful);
		return Envelope.of(result.set("unsuccessful_keys", unsuccessful));
	}

	private static Iterable<JsonNode> elements(byte[] body) {
		if (body.length > MAX_BODY_BYTES) {
			throw ApiError.TOO_LARGE.refusal("the request must not exceed 100 MB");
		}
		JsonNode array = Json.body(body);
		if (!array.isArray()) {
			throw ApiError.INVALID_BODY.refusal("the request body must be a JSON array");
		}
		if (array.size() > MAX_PAIRS) {
			throw ApiError.INVALID_BODY.refusal("the request must not name more than " + MAX_PAIRS + " keys");
		}
		return array.values();
	}

}
