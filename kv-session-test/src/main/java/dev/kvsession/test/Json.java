package dev.kvsession.test;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the API's JSON.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static ArrayNode array() {
		return MAPPER.createArrayNode();
	}

	static JsonNode string(String text) {
		return MAPPER.getNodeFactory().stringNode(text);
	}

	static byte[] bytes(JsonNode node) {
		return MAPPER.writeValueAsBytes(node);
	}

	static String text(JsonNode node) {
		return MAPPER.writeValueAsString(node);
	}

	static Optional<JsonNode> parse(String text) {
		try {
			return Optional.of(MAPPER.readTree(text));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	static JsonNode stored(@Nullable String text) {
		// Checked before it was stored, so it cannot fail.
		return (text != null) ? MAPPER.readTree(text) : MAPPER.nullNode();
	}

	static JsonNode body(byte[] body) {
		// As text, since from bytes Jackson takes a byte order mark, UTF-16 and UTF-32.
		return Utf8.strict(body)
			.flatMap(Json::parse)
			.filter((node) -> !node.isMissingNode())
			.orElseThrow(() -> ApiError.INVALID_BODY.refusal("could not parse the request body as JSON"));
	}

}
