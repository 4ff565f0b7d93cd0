package dev.kvsession.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes claims as plain JSON, for readers that know nothing of Java's types. */
final class Claims {

	private Claims() {
	}

	static void write(String name, @Nullable Object value, JsonGenerator out) {
		if (RecordFields.RESERVED.contains(name)) {
			throw new IllegalArgumentException("claim '" + Printable.of(name)
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
		return new IllegalArgumentException("claim '" + Printable.of(claim) + "' holds a " + type
				+ ", which is not JSON; return strings, numbers, booleans, lists and maps from SessionClaims");
	}

}
