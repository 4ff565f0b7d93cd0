package dev.kvsession.codec.structure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.ReferenceType;

/** Writes {@link PartValues} as an array of their parts. */
final class PartWriters extends Serializers.Base {

	@Override
	public @Nullable ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
			BeanDescription.Supplier description, JsonFormat.@Nullable Value format) {
		return PartValues.contains(type.getRawClass()) ? new Writer() : null;
	}

	@Override
	public @Nullable ValueSerializer<?> findReferenceSerializer(SerializationConfig config, ReferenceType type,
			BeanDescription.Supplier description, JsonFormat.@Nullable Value format,
			@Nullable TypeSerializer contentTypes, @Nullable ValueSerializer<Object> content) {
		return PartValues.contains(type.getRawClass()) ? new Writer() : null;
	}

	/**
	 * Tells a field that is {@code null} from one that is empty, for which earlier
	 * versions wrote {@code null}.
	 */
	static final class Nulls extends ValueSerializerModifier {

		@Override
		public List<BeanPropertyWriter> changeProperties(SerializationConfig config,
				BeanDescription.Supplier description, List<BeanPropertyWriter> properties) {
			for (BeanPropertyWriter property : properties) {
				Class<?> type = property.getType().getRawClass();
				if (EarlierReferences.contain(type) && !property.hasNullSerializer()) {
					property.assignNullSerializer(new NullWriter(type == AtomicReference.class));
				}
			}
			return properties;
		}

	}

	/** Writes the parts that no value has. */
	private static final class NullWriter extends StdSerializer<Object> {

		private final boolean canHoldNull;

		private NullWriter(boolean canHoldNull) {
			super(Object.class);
			this.canHoldNull = canHoldNull;
		}

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartArray();
			if (!this.canHoldNull) {
				generator.writeNull();
			}
			generator.writeEndArray();
		}

	}

	private static final class Writer extends ContentWriter<Object> {

		private Writer() {
			super(Object.class, JsonToken.START_ARRAY);
		}

		@Override
		public void writeContent(Object value, JsonGenerator generator, SerializationContext context) {
			Objects.requireNonNull(PartValues.parts(value)).forEach((part) -> Content.write(part, generator, context));
		}

	}

}
