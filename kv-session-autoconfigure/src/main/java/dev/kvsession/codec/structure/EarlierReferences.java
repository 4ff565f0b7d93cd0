package dev.kvsession.codec.structure;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserSequence;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.AtomicReferenceDeserializer;
import tools.jackson.databind.ext.jdk8.Jdk8OptionalDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.type.ReferenceType;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Reads a reference or an {@code Optional} as earlier versions wrote it in a field: as
 * its content, or {@code null} if empty.
 */
final class EarlierReferences {

	private static final Map<Class<?>, Supplier<Object>> EMPTY = Map.of(Optional.class, Optional::empty,
			AtomicReference.class, AtomicReference::new, OptionalInt.class, OptionalInt::empty, OptionalLong.class,
			OptionalLong::empty, OptionalDouble.class, OptionalDouble::empty);

	private final Class<?> type;

	private final boolean array;

	private final @Nullable ValueDeserializer<?> usual;

	private EarlierReferences(Class<?> type, boolean array, @Nullable ValueDeserializer<?> usual) {
		this.type = type;
		this.array = array;
		this.usual = usual;
	}

	/* Whether earlier versions wrote values of a type as their content. */
	static boolean contain(Class<?> type) {
		return EMPTY.containsKey(type);
	}

	static EarlierReferences of(Class<?> type) {
		return new EarlierReferences(type, false, null);
	}

	static EarlierReferences of(ReferenceType type, @Nullable TypeDeserializer contentTypes,
			@Nullable ValueDeserializer<?> content) {
		ValueDeserializer<?> usual = null;
		if (type.hasRawClass(Optional.class)) {
			usual = new Jdk8OptionalDeserializer(type, null, contentTypes, content);
		}
		else if (type.hasRawClass(AtomicReference.class)) {
			usual = new AtomicReferenceDeserializer(type, null, contentTypes, content);
		}
		return new EarlierReferences(type.getRawClass(), type.getReferencedType().isArrayType(), usual);
	}

	EarlierReferences contextual(DeserializationContext context, @Nullable BeanProperty property) {
		return (this.usual != null)
				? new EarlierReferences(this.type, this.array, this.usual.createContextual(context, property)) : this;
	}

	/* The value that was written as null. */
	@Nullable Object empty() {
		Supplier<Object> empty = EMPTY.get(this.type);
		return (empty != null) ? empty.get() : null;
	}

	/* Reads the content at the parser. */
	@Nullable Object read(JsonParser parser, DeserializationContext context) {
		if (this.usual != null) {
			return this.usual.deserialize(parser, context);
		}
		if (contain(this.type) && parser.currentToken().isScalarValue()) {
			return (this.type == OptionalInt.class) ? OptionalInt.of(parser.getValueAsInt())
					: (this.type == OptionalLong.class) ? OptionalLong.of(parser.getValueAsLong())
							: OptionalDouble.of(parser.getValueAsDouble());
		}
		return context.reportInputMismatch(this.type, "not an array of parts");
	}

	/* Reads content that is an array, of which the parser stands at the first element. */
	@Nullable Object readArray(JsonParser parser, DeserializationContext context) {
		TokenBuffer start = context.bufferForInputBuffering(parser);
		start.writeStartArray();
		return read(start, parser, context);
	}

	/* Reads content with a type id, of which the parser stands behind the id already. */
	@Nullable Object readTyped(String id, JsonParser parser, DeserializationContext context) {
		TokenBuffer start = context.bufferForInputBuffering(parser);
		start.writeStartArray();
		start.writeString(id);
		return read(start, parser, context);
	}

	private @Nullable Object read(TokenBuffer start, JsonParser rest, DeserializationContext context) {
		JsonParser whole = JsonParserSequence.createFlattened(true, start.asParser(context), rest);
		whole.nextToken();
		return read(whole, context);
	}

	/* An array of the declared type has no type id, which its first element shows. */
	boolean isContent(JsonToken first) {
		return this.array
				&& (first == JsonToken.START_OBJECT || (first.isScalarValue() && first != JsonToken.VALUE_NULL));
	}

}
