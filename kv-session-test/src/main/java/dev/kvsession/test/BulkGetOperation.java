package dev.kvsession.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads many values, as text or as JSON.
 */
final class BulkGetOperation {

	private static final int MAX_KEYS = 100;

	private static final Set<String> TYPES = Set.of("text", "json");

	private final Replicas replicas;

	BulkGetOperation(Replicas replicas) {
		this.replicas = replicas;
	}

	Operation get(byte[] body) {
		JsonNode request = Json.body(body);
		List<String> keys = keys(request.path("keys"));
		JsonNode type = request.path("type");
		if (!type.isMissingNode() && !type.isNull() && !TYPES.contains(type.asString())) {
			throw ApiError.INVALID_BODY.refusal("type must be text or json");
		}
		return Operation.of(KvCallKind.BULK_GET, keys, (turn) -> {
			ObjectNode values = Json.object();
			keys.forEach((key) -> values.set(key, describe(this.replicas.read(key, turn), request)));
			return Envelope.of(Json.object().set("values", values));
		});
	}

	private static List<String> keys(JsonNode array) {
		if (!array.isArray() || array.isEmpty()) {
			throw ApiError.INVALID_BODY.refusal("the request body must hold a non-empty array 'keys'");
		}
		if (array.size() > MAX_KEYS) {
			throw ApiError.TOO_MANY_KEYS.refusal();
		}
		List<String> keys = new ArrayList<>();
		array.values().forEach((key) -> keys.add(KeyRules.require(key.isString() ? key.stringValue() : "")));
		return keys;
	}

	private static JsonNode describe(@Nullable KvEntry entry, JsonNode request) {
		if (entry == null) {
			return Json.stored(null);
		}
		JsonNode value = value(entry, request.path("type").asString("text"));
		if (!request.path("withMetadata").asBoolean(false)) {
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

	private static JsonNode value(KvEntry entry, String type) {
		return "text".equals(type) ? Json.string(entry.text()) : Json.parse(entry.text())
			.orElseThrow(() -> ApiError.INVALID_BODY.refusal("a value read as json is not JSON"));
	}

}
