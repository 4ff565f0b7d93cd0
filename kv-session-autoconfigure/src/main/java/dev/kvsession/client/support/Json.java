package dev.kvsession.client.support;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the REST API. Failures carry no text of the input: it may be a value. */
public final class Json {

	/**
	 * Jackson stops at 20 million characters, which is less than a value may have. The
	 * transport bounds the size of answers.
	 */
	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxStringLength(Integer.MAX_VALUE)
		.build();

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
		.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
		.build();

	private Json() {
	}

	/**
	 * Returns the tree, or {@code null} if this is no JSON or an object has a name twice.
	 */
	public static @Nullable JsonNode read(byte[] bytes) {
		try {
			JsonNode node = MAPPER.readTree(bytes);
			return (node == null || node.isMissingNode()) ? null : node;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	public static byte[] write(Object value) {
		return MAPPER.writeValueAsBytes(value);
	}

}
