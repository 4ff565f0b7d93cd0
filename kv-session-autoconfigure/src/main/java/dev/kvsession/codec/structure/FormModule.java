package dev.kvsession.codec.structure;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.ReferenceType;

/** A Jackson module that decides by class who writes and reads a value. */
public abstract class FormModule extends SimpleModule {

	protected abstract @Nullable ValueSerializer<?> writer(Class<?> type, SerializationConfig config);

	protected @Nullable ValueDeserializer<?> reader(Class<?> type) {
		return null;
	}

	protected @Nullable ValueDeserializer<?> reader(ReferenceType type, @Nullable TypeDeserializer contentTypes,
			@Nullable ValueDeserializer<?> content) {
		return null;
	}

	@Override
	public void setupModule(SetupContext context) {
		super.setupModule(context);
		context.addSerializers(new Writers());
		context.addDeserializers(new Readers());
	}

	private final class Writers extends Serializers.Base {

		@Override
		public @Nullable ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, JsonFormat.@Nullable Value format) {
			return writer(type.getRawClass(), config);
		}

		@Override
		public @Nullable ValueSerializer<?> findReferenceSerializer(SerializationConfig config, ReferenceType type,
				BeanDescription.Supplier description, JsonFormat.@Nullable Value format,
				@Nullable TypeSerializer contentTypes, @Nullable ValueSerializer<Object> content) {
			return writer(type.getRawClass(), config);
		}

	}

	private final class Readers extends Deserializers.Base {

		@Override
		public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
			return reader(type) != null;
		}

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			return reader(type.getRawClass());
		}

		@Override
		public @Nullable ValueDeserializer<?> findReferenceDeserializer(ReferenceType type,
				DeserializationConfig config, BeanDescription.Supplier description,
				@Nullable TypeDeserializer contentTypes, @Nullable ValueDeserializer<?> content) {
			return reader(type, contentTypes, content);
		}

	}

}
