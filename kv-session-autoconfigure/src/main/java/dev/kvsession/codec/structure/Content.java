package dev.kvsession.codec.structure;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;

/**
 * Writes and reads values inside others as an attribute's value is written: with a type
 * id, unless JSON's own type says it.
 */
public final class Content {

	private Content() {
	}

	public static void write(@Nullable Object value, JsonGenerator generator, SerializationContext context) {
		if (value == null) {
			generator.writeNull();
			return;
		}
		JavaType any = context.constructType(Object.class);
		context.findContentValueSerializer(value.getClass(), null)
			.serializeWithType(value, generator, context, context.findTypeSerializer(any));
	}

	/* Writes a field; a failure names it. */
	public static void write(String name, @Nullable Object value, JsonGenerator generator,
			SerializationContext context) {
		generator.writeName(name);
		try {
			write(value, generator, context);
		}
		catch (RuntimeException ex) {
			throw JacksonException.wrapWithPath(ex, new Object(), name);
		}
	}

	/* Reads the object at the parser, which may stand behind its type id already. */
	public static Map<String, @Nullable Object> readFields(JsonParser parser, DeserializationContext context) {
		Map<String, @Nullable Object> fields = new HashMap<>();
		JsonToken token = parser.isExpectedStartObjectToken() ? parser.nextToken() : parser.currentToken();
		while (token == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			fields.put(name, read(parser, context));
			token = parser.nextToken();
		}
		return fields;
	}

	/* Reads the value at the parser. */
	public static @Nullable Object read(JsonParser parser, DeserializationContext context) {
		return (parser.currentToken() != JsonToken.VALUE_NULL)
				? context.findRootValueDeserializer(context.constructType(Object.class)).deserialize(parser, context)
				: null;
	}

}
