package dev.kvsession.test.operation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Digits;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.format.Json;
import dev.kvsession.test.format.KeyRules;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.store.KeyPage;
import dev.kvsession.test.store.Replicas;

/** Lists keys, a page at a time. */
final class ListOperation {

	private static final int MIN_LIMIT = 10;

	private static final int MAX_LIMIT = 1000;

	private final Replicas replicas;

	ListOperation(Replicas replicas) {
		this.replicas = replicas;
	}

	Operation list(Map<String, String> query) {
		return Operation.of(KvCallKind.LIST, (turn) -> answer(this.replicas.list(pageQuery(query), turn)));
	}

	private static KeyPage.Query pageQuery(Map<String, String> query) {
		return new KeyPage.Query(KeyRules.requireLength(query.getOrDefault("prefix", "")),
				after(query.getOrDefault("cursor", "")), limit(query.get("limit")));
	}

	private static int limit(@Nullable String text) {
		long limit = (text != null) ? Digits.unsigned(text).orElse(0) : MAX_LIMIT;
		if (limit >= MIN_LIMIT && limit <= MAX_LIMIT) {
			return (int) limit;
		}
		throw ApiError.INVALID_LIST.refusal("limit must be an integer from " + MIN_LIMIT + " to " + MAX_LIMIT);
	}

	private static @Nullable String after(String cursor) {
		try {
			byte[] last = Base64.getUrlDecoder().decode(cursor);
			return (last.length > 0) ? new String(last, StandardCharsets.UTF_8) : null;
		}
		catch (IllegalArgumentException ex) {
			throw ApiError.INVALID_LIST.refusal("invalid cursor");
		}
	}

	private static Answer answer(KeyPage page) {
		ArrayNode result = Json.array();
		page.keys().forEach((key) -> describe(result.addObject(), key));
		ObjectNode info = Json.object().put("count", page.keys().size()).put("cursor", cursor(page.last()));
		return Envelope.of(result, info);
	}

	private static void describe(ObjectNode node, KeyPage.Key key) {
		node.put("name", key.name());
		KvEntry entry = key.entry();
		if (entry.expiresAt() != null) {
			node.put("expiration", entry.expiresAt().getEpochSecond());
		}
		if (entry.metadata() != null) {
			node.set("metadata", Json.stored(entry.metadata()));
		}
	}

	private static String cursor(@Nullable String last) {
		return (last != null)
				? Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8)) : "";
	}

}
