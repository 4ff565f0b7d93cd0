package dev.kvsession.test.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the API's JSON. */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/** Half of a surrogate pair: JSON may name it, UTF-8 cannot hold it. */
	private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

	private static final String ESCAPE = "\\u%04x";

	private Json() {
	}

	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	public static ArrayNode array() {
		return MAPPER.createArrayNode();
	}

	public static JsonNode string(String text) {
		return MAPPER.getNodeFactory().stringNode(text);
	}

	static byte[] bytes(JsonNode node) {
		return text(node).getBytes(StandardCharsets.UTF_8);
	}

	static String text(JsonNode node) {
		String text = MAPPER.writeValueAsString(node);
		return Utf8.isWellFormed(text) ? text : HALF_PAIR.matcher(text).replaceAll(Json::escaped);
	}

	private static String escaped(MatchResult half) {
		return Matcher.quoteReplacement(String.format(ESCAPE, (int) half.group().charAt(0)));
	}

	public static Optional<JsonNode> parse(String text) {
		try {
			return Optional.of(MAPPER.readTree(text)).filter((node) -> !node.isMissingNode());
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	public static JsonNode stored(@Nullable String text) {
		// Checked before it was stored, so it cannot fail.
		return (text != null) ? MAPPER.readTree(text) : MAPPER.nullNode();
	}

	public static JsonNode body(byte[] body) {
		return Utf8.strict(body)
			.flatMap(Json::parse)
			.orElseThrow(() -> ApiError.INVALID_BODY.refusal("could not parse the request body as JSON"));
	}

}
