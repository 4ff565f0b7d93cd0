package dev.kvsession.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.codec.value.Wording;

/** Writes claims as plain JSON, for readers that know nothing of Java's types. */
final class Claims {

	private static final JsonMapper JSON = JsonMapper.builder(JsonReader.JSON)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final ObjectReader VALUE = JSON.readerFor(Object.class);

	private static final ObjectReader NAMES = JSON.readerFor(new TypeReference<List<String>>() {
	});

	private Claims() {
	}

	static void write(String name, @Nullable Object value, JsonGenerator out) {
		if (RecordFields.RESERVED.contains(name)) {
			throw new IllegalArgumentException("claim '" + Wording.printable(name)
					+ "' has the name of a field of the session record; give it another name in SessionClaims");
		}
		out.writeName(name);
		writeValue(name, value, out);
	}

	private static void writeValue(String claim, @Nullable Object value, JsonGenerator out) {
		if (value == null) {
			out.writeNull();
		}
		else if (value instanceof String text) {
			out.writeString(text);
		}
		else if (value instanceof Boolean bool) {
			out.writeBoolean(bool);
		}
		else if (value instanceof Number number) {
			writeNumber(claim, number, out);
		}
		else if (value instanceof Collection<?> elements) {
			out.writeStartArray();
			elements.forEach((element) -> writeValue(claim, element, out));
			out.writeEndArray();
		}
		else if (value instanceof Map<?, ?> members) {
			writeObject(claim, members, out);
		}
		else {
			throw notJson(claim, value);
		}
	}

	private static void writeObject(String claim, Map<?, ?> members, JsonGenerator out) {
		out.writeStartObject();
		members.forEach((name, value) -> {
			if (!(name instanceof String text)) {
				throw notJson(claim, name);
			}
			out.writeName(text);
			writeValue(claim, value, out);
		});
		out.writeEndObject();
	}

	private static void writeNumber(String claim, Number number, JsonGenerator out) {
		if (number instanceof BigDecimal decimal) {
			out.writeNumber(decimal);
		}
		else if (number instanceof BigInteger integer) {
			out.writeNumber(integer);
		}
		else if (number instanceof Double || number instanceof Float) {
			if (!Double.isFinite(number.doubleValue())) {
				throw notJson(claim, number);
			}
			out.writeNumber(new BigDecimal(number.toString()));
		}
		else if (number instanceof Long || number instanceof Integer || number instanceof Short
				|| number instanceof Byte) {
			out.writeNumber(number.longValue());
		}
		else {
			throw notJson(claim, number);
		}
	}

	private static IllegalArgumentException notJson(String claim, @Nullable Object value) {
		String type = (value != null) ? value.getClass().getName() : "null";
		return new IllegalArgumentException("claim '" + Wording.printable(claim) + "' holds a " + type
				+ ", which is not JSON; return strings, numbers, booleans, lists and maps from SessionClaims");
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
