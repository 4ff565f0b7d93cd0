package dev.kvsession.test.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.format.Json;
import dev.kvsession.test.format.KeyRules;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.store.Replicas;

/** Reads many values, as text or as JSON. */
final class BulkGetOperation {

	private static final int MAX_KEYS = 100;

	/** Most bytes of all values together, as in workerd. */
	private static final int MAX_BYTES = 25 * 1024 * 1024;

	private static final Set<String> TYPES = Set.of("text", "json");

	private final Replicas replicas;

	BulkGetOperation(Replicas replicas) {
		this.replicas = replicas;
	}

	Operation get(byte[] body) {
		JsonNode request = Json.body(body);
		List<String> keys = keys(request);
		return Operation.of(KvCallKind.BULK_GET, keys, (turn) -> {
			Map<String, @Nullable KvEntry> entries = new LinkedHashMap<>();
			keys.forEach((key) -> entries.put(key, this.replicas.read(key, turn)));
			requireSize(entries.values());
			ObjectNode values = Json.object();
			entries.forEach((key, entry) -> values.set(key, describe(entry, request)));
			return Envelope.of(Json.object().set("values", values));
		});
	}

	private static void requireSize(Collection<@Nullable KvEntry> entries) {
		long bytes = entries.stream().filter(Objects::nonNull).mapToLong((entry) -> entry.value().length).sum();
		if (bytes > MAX_BYTES) {
			throw ApiError.TOO_LARGE.refusal("Total size of request exceeds the limit of 25MB");
		}
	}

	private static List<String> keys(JsonNode request) {
		JsonNode array = request.path("keys");
		if (!array.isArray() || array.isEmpty()) {
			throw ApiError.INVALID_BODY.refusal("the request body must hold a non-empty array 'keys'");
		}
		if (array.size() > MAX_KEYS) {
			throw ApiError.TOO_MANY_KEYS.refusal();
		}
		if (!TYPES.contains(type(request))) {
			throw ApiError.INVALID_BODY.refusal("type must be text or json");
		}
		List<String> keys = new ArrayList<>();
		array.values().forEach((key) -> keys.add(KeyRules.require(key.isString() ? key.stringValue() : "")));
		return keys;
	}

	private static JsonNode describe(@Nullable KvEntry entry, JsonNode request) {
		if (entry == null) {
			return Json.stored(null);
		}
		JsonNode value = "json".equals(type(request)) ? json(entry) : Json.string(entry.text());
		if (!request.path("withMetadata").booleanValue(false)) {
			return value;
		}
		ObjectNode described = Json.object();
		described.set("value", value);
		described.set("metadata", Json.stored(entry.metadata()));
		if (entry.expiresAt() != null) {
			described.put("expiration", entry.expiresAt().getEpochSecond());
		}
		return described;
	}

	private static String type(JsonNode request) {
		JsonNode type = request.path("type");
		return (type.isMissingNode() || type.isNull()) ? "text" : type.stringValue("");
	}

	private static JsonNode json(KvEntry entry) {
		return Json.parse(entry.text())
			.orElseThrow(() -> ApiError.INVALID_BODY.refusal("a value read as json is not JSON"));
	}

}
