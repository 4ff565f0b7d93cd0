package dev.kvsession.codec;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.codec.value.AttributeMapper;

/** Reads claims as plain JSON, without type ids; fractions exactly. */
final class ClaimReader {

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(AttributeMapper.constraints(RecordFields.MAX_DEPTH))
			.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final ObjectReader VALUE = JSON.readerFor(Object.class);

	private static final ObjectReader NAMES = JSON.readerFor(new TypeReference<List<String>>() {
	});

	private ClaimReader() {
	}

	static @Nullable Object read(String raw) {
		return parse(VALUE, raw, "a claim cannot be read");
	}

	static List<String> readNames(String raw) {
		List<String> names = parse(NAMES, raw, "'claimNames' is no list of strings");
		if (names == null || names.contains(null)) {
			throw JsonReader.unreadable("'claimNames' is no list of strings");
		}
		return Collections.unmodifiableList(names);
	}

	private static <T> @Nullable T parse(ObjectReader reader, String raw, String failure) {
		try {
			return reader.readValue(raw);
		}
		catch (JacksonException ex) {
			throw JsonReader.unreadable(failure);
		}
	}

}
