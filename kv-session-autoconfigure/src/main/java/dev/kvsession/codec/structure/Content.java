package dev.kvsession.codec.structure;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes and reads nested values: with a type id, unless JSON's own type says it. */
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

	/* Reads the object at the parser, which may be past its type id already. */
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

	public static @Nullable Object read(JsonParser parser, DeserializationContext context) {
		return (parser.currentToken() != JsonToken.VALUE_NULL)
				? context.findRootValueDeserializer(context.constructType(Object.class)).deserialize(parser, context)
				: null;
	}

	public static <T> ValueDeserializer<T> reader(BiFunction<JsonParser, DeserializationContext, T> reader) {
		return new ValueDeserializer<>() {
			@Override
			public T deserialize(JsonParser parser, DeserializationContext context) {
				return reader.apply(parser, context);
			}
		};
	}

	/** Writes what stands between a value's brackets. */
	@FunctionalInterface
	public interface Body<T> {

		void write(T value, JsonGenerator generator, SerializationContext context);

	}

	/** Writes a value's brackets, its body, and its type id where one is needed. */
	public static class Writer<T> extends StdSerializer<T> {

		private final JsonToken start;

		private final transient Body<T> body;

		/* Starts with START_OBJECT or START_ARRAY. */
		public Writer(Class<T> type, JsonToken start, Body<T> body) {
			super(type);
			this.start = start;
			this.body = body;
		}

		@Override
		public final void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
				TypeSerializer types) {
			T stored = stored(value);
			WritableTypeId id = types.typeId(stored, this.start);
			types.writeTypePrefix(generator, context, id);
			this.body.write(stored, generator, context);
			types.writeTypeSuffix(generator, context, id);
		}

		@Override
		public final void serialize(T value, JsonGenerator generator, SerializationContext context) {
			if (this.start == JsonToken.START_ARRAY) {
				generator.writeStartArray(value);
				this.body.write(stored(value), generator, context);
				generator.writeEndArray();
			}
			else {
				generator.writeStartObject(value);
				this.body.write(stored(value), generator, context);
				generator.writeEndObject();
			}
		}

		/* The value to write instead. */
		protected T stored(T value) {
			return value;
		}

	}

}
