package dev.kvsession.test.operation;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.EntryRules;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.format.Json;
import dev.kvsession.test.format.Multipart;
import dev.kvsession.test.format.Ttls;
import dev.kvsession.test.format.Utf8;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.store.Replicas;
import dev.kvsession.test.store.Turn;
import dev.kvsession.test.store.Writer;

/** Calls that name one key. */
final class ValueOperations {

	private static final int OK = 200;

	private static final String TTL = "expiration_ttl";

	private static final String EXPIRATION = "expiration";

	private final Replicas replicas;

	private final Writer writer;

	ValueOperations(Replicas replicas, Writer writer) {
		this.replicas = replicas;
		this.writer = writer;
	}

	Operation get(String key) {
		return Operation.of(KvCallKind.GET, List.of(key), (turn) -> {
			KvEntry entry = require(key, turn);
			return new Answer(OK, valueHeaders(entry), entry.value());
		});
	}

	Operation metadata(String key) {
		return Operation.of(KvCallKind.METADATA, List.of(key),
				(turn) -> Envelope.of(Json.stored(require(key, turn).metadata())));
	}

	Operation delete(String key) {
		return Operation.of(KvCallKind.DELETE, List.of(key), (turn) -> {
			this.writer.write(key, null, turn);
			return Envelope.of(Json.object());
		});
	}

	Operation put(String key, Map<String, String> query, KvEmulatorRequest request) {
		return new Operation(KvCallKind.PUT, List.of(key), Ttls.sent(key, query.get(TTL)), (turn) -> {
			this.writer.write(key, entry(query, request, turn), turn);
			return Envelope.of(Json.object());
		});
	}

	private static KvEntry entry(Map<String, String> query, KvEmulatorRequest request, Turn turn) {
		@Nullable Instant end = EntryRules.expiry(query.get(TTL), query.get(EXPIRATION), turn.now());
		String contentType = request.headers().getOrDefault("content-type", "");
		byte[] value = request.body();
		String metadata = null;
		if (Multipart.isMultipart(contentType)) {
			Map<String, byte[]> parts = Multipart.parse(contentType, request.body());
			value = parts.get("value");
			metadata = metadata(parts.get("metadata"));
		}
		if (value == null) {
			throw ApiError.INVALID_BODY.refusal("multipart body without the part 'value'");
		}
		return new KvEntry(EntryRules.requireValue(value), metadata, end);
	}

	private static @Nullable String metadata(byte @Nullable [] part) {
		if (part == null) {
			return null;
		}
		JsonNode metadata = Utf8.strict(part)
			.flatMap(Json::parse)
			.orElseThrow(() -> ApiError.INVALID_BODY.refusal("metadata is not valid JSON"));
		return (metadata instanceof NullNode) ? null : EntryRules.requireMetadata(metadata);
	}

	private KvEntry require(String key, Turn turn) {
		KvEntry entry = this.replicas.read(key, turn);
		if (entry == null) {
			throw ApiError.KEY_NOT_FOUND.refusal();
		}
		return entry;
	}

	private static Map<String, String> valueHeaders(KvEntry entry) {
		Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/octet-stream"));
		if (entry.expiresAt() != null) {
			headers.put(EXPIRATION, Long.toString(entry.expiresAt().getEpochSecond()));
		}
		return headers;
	}

}
