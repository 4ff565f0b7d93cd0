package dev.kvsession.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import dev.kvsession.codec.value.AttributeMapper;

/**
 * Reads one JSON object and keeps the text of its values. Failures say what is wrong and
 * where, but quote no text, as Jackson's own do. Confined to one text.
 */
final class JsonReader implements AutoCloseable {

	static final JsonFactory JSON = AttributeMapper.factory(RecordFields.MAX_DEPTH);

	private final String text;

	private final JsonParser parser;

	private JsonReader(String text) {
		this.text = text;
		this.parser = JSON.createParser(ObjectReadContext.empty(), text);
	}

	/**
	 * Reads a text that must be one JSON object. For each field, the parser is at its
	 * value, which must be read.
	 */
	static void readObject(String text, BiConsumer<String, JsonReader> field) {
		try (JsonReader reader = new JsonReader(text)) {
			reader.parser.nextToken();
			reader.readFields("the text", field);
			if (reader.parser.nextToken() != null) {
				throw unreadable("there is text after its end");
			}
		}
		catch (JacksonException ex) {
			long offset = (ex.getLocation() != null) ? ex.getLocation().getCharOffset() : -1;
			throw unreadable("it is not well-formed JSON near character " + offset);
		}
	}

	void readFields(String what, BiConsumer<String, JsonReader> field) {
		if (this.parser.currentToken() != JsonToken.START_OBJECT) {
			throw unreadable(what + " is not a JSON object");
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			field.accept(name, this);
		}
	}

	/* The value's own text, from its first character to its last. */
	String readRaw() {
		long start = this.parser.currentTokenLocation().getCharOffset();
		this.parser.skipChildren();
		this.parser.finishToken();
		long end = this.parser.currentLocation().getCharOffset();
		return this.text.substring((int) start, (int) end);
	}

	String readText(String field) {
		if (this.parser.currentToken() != JsonToken.VALUE_STRING) {
			throw unreadable("'" + field + "' is not a string");
		}
		return this.parser.getString();
	}

	long readNumber(String field, long min, long max) {
		boolean integer = this.parser.currentToken() == JsonToken.VALUE_NUMBER_INT
				&& (this.parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER);
		long value = (integer) ? this.parser.getLongValue() : Long.MIN_VALUE;
		if (!integer || value < min || value > max) {
			throw unreadable("'" + field + "' is not a whole number from " + min + " to " + max);
		}
		return value;
	}

	Stamp readStamp(String field) {
		Stamp stamp = parseStamp(field);
		if (stamp.millis() > RecordFields.MAX_PAST_MILLIS) {
			throw unreadable("'" + field + "' holds a stamp of the far future");
		}
		return stamp;
	}

	private Stamp parseStamp(String field) {
		try {
			return Stamp.parse(readText(field));
		}
		catch (IllegalArgumentException ex) {
			throw unreadable("'" + field + "' holds no stamp");
		}
	}

	<V> Map<String, V> readMap(String what, Function<JsonReader, V> value) {
		Map<String, V> map = new LinkedHashMap<>();
		readFields(what, (name, reader) -> map.put(name, value.apply(reader)));
		return map;
	}

	static UnreadableRecordException unreadable(String what) {
		return new UnreadableRecordException(
				"The session record cannot be read: " + what + ". It was damaged, or something else wrote to its key.",
				null);
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
