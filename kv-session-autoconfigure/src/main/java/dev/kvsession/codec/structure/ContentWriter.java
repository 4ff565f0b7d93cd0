package dev.kvsession.codec.structure;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes the brackets of a value, and its type id where one is wanted; what stands
 * between them is the subclass's. Safe for concurrent use.
 *
 * @param <T> the values
 */
public abstract class ContentWriter<T> extends StdSerializer<T> {

	private final JsonToken start;

	/**
	 * Creates a writer.
	 * @param type the values
	 * @param start {@link JsonToken#START_OBJECT} or {@link JsonToken#START_ARRAY}
	 */
	public ContentWriter(Class<T> type, JsonToken start) {
		super(type);
		this.start = start;
	}

	@Override
	public final void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
			TypeSerializer types) {
		T stored = stored(value);
		WritableTypeId id = types.typeId(stored, this.start);
		types.writeTypePrefix(generator, context, id);
		writeContent(stored, generator, context);
		types.writeTypeSuffix(generator, context, id);
	}

	@Override
	public final void serialize(T value, JsonGenerator generator, SerializationContext context) {
		if (this.start == JsonToken.START_ARRAY) {
			generator.writeStartArray(value);
			writeContent(stored(value), generator, context);
			generator.writeEndArray();
		}
		else {
			generator.writeStartObject(value);
			writeContent(stored(value), generator, context);
			generator.writeEndObject();
		}
	}

	/**
	 * Returns what is stored of a value: itself, unless another one takes its place.
	 * @param value the value
	 * @return what is written
	 */
	public T stored(T value) {
		return value;
	}

	public abstract void writeContent(T stored, JsonGenerator generator, SerializationContext context);

}
