package dev.kvsession.test.operation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.EntryRules;
import dev.kvsession.test.format.KeyRules;
import dev.kvsession.test.format.Utf8;
import dev.kvsession.test.kv.KvEntry;

/** One pair of a bulk write, with its key checked. */
record BulkPair(String key, JsonNode node) {

	static BulkPair of(JsonNode node) {
		JsonNode key = node.path("key");
		if (!key.isString() || !node.path("value").isString()) {
			throw ApiError.INVALID_BODY.refusal("each pair needs a key and a value, both strings");
		}
		return new BulkPair(KeyRules.require(key.stringValue()), node);
	}

	@Nullable String ttl() {
		return number("expiration_ttl");
	}

	KvEntry entry(Instant now) {
		JsonNode metadata = this.node.path("metadata");
		boolean hasMetadata = !metadata.isMissingNode() && !metadata.isNull();
		return new KvEntry(EntryRules.requireValue(value()),
				(hasMetadata) ? EntryRules.requireMetadata(metadata) : null,
				EntryRules.expiry(ttl(), number("expiration"), now));
	}

	private byte[] value() {
		String value = this.node.path("value").stringValue();
		if (!this.node.path("base64").booleanValue(false)) {
			return Utf8.bytes(value);
		}
		try {
			return Base64.getDecoder().decode(value);
		}
		catch (IllegalArgumentException ex) {
			throw ApiError.INVALID_BODY.refusal("a value marked base64 is not base64");
		}
	}

	private @Nullable String number(String name) {
		JsonNode number = this.node.path(name);
		if (number.isMissingNode() || number.isNull()) {
			return null;
		}
		// 60.0 is 60; what is neither number nor text is refused as text that is no
		// number.
		return number.isNumber() ? new BigDecimal(number.doubleValue()).toPlainString() : number.stringValue("");
	}

	@Override
	public String toString() {
		return "BulkPair";
	}

}
