package dev.kvsession.test.wire;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer.
 *
 * @param status the status, 0 if the connection ended without an answer
 * @param contentType the header, empty if there is none
 * @param body the body
 */
record Reply(int status, String contentType, byte[] body) {

	static final Reply NONE = new Reply(0, "", new byte[0]);

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * An end that cases give, and that servers must give back; others depend on the time.
	 */
	private static final long GIVEN_END = 2_000_000_000;

	private static final int OK = 200;

	String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Status and, if it is an envelope with an error, code.
	 */
	String code() {
		JsonNode code = envelope().at("/errors/0/code");
		return code.isMissingNode() ? Integer.toString(this.status) : this.status + "/" + code.asString();
	}

	String cursor() {
		return envelope().at("/result_info/cursor").asString("");
	}

	/**
	 * The value, a byte a character, or the envelope without what depends on the time or
	 * is for humans.
	 */
	String content() {
		if (!isEnvelope()) {
			return new String(this.body, StandardCharsets.ISO_8859_1);
		}
		ObjectNode envelope = envelope().deepCopy();
		envelope.path("errors").values().forEach((error) -> ((ObjectNode) error).put("message", "..."));
		if (!cursor().isEmpty()) {
			((ObjectNode) envelope.path("result_info")).put("cursor", "more");
		}
		envelope.path("result").values().forEach(Reply::hideEnd);
		// The gateway cannot tell the end here, for the binding does not.
		envelope.at("/result/values").values().forEach((value) -> {
			if (value instanceof ObjectNode described) {
				described.remove("expiration");
			}
		});
		JsonNode shown = (this.status == OK && !envelope.has("result_info")) ? envelope.get("result") : envelope;
		return MAPPER.writeValueAsString(MAPPER.treeToValue(shown, Object.class));
	}

	private static void hideEnd(JsonNode key) {
		if (key.has("expiration") && key.get("expiration").asLong() != GIVEN_END) {
			((ObjectNode) key).put("expiration", "...");
		}
	}

	private boolean isEnvelope() {
		return "application/json".equals(this.contentType) && this.body.length > 0;
	}

	private ObjectNode envelope() {
		return isEnvelope() ? (ObjectNode) MAPPER.readTree(this.body) : MAPPER.createObjectNode();
	}

}
