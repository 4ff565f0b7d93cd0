package dev.kvsession.codec.value;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

import dev.kvsession.codec.structure.ObjectFields;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Makes the application's objects without constructor, as Java serialization does, unless
 * a constructor takes their fields or is annotated for Jackson.
 */
final class FieldInstantiators extends ValueInstantiators.Base {

	private final transient TrustedTypes trusted;

	FieldInstantiators(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	@Override
	public ValueInstantiator modifyValueInstantiator(DeserializationConfig config, BeanDescription.Supplier description,
			ValueInstantiator usual) {
		Class<?> type = description.getBeanClass();
		boolean ours = this.trusted.isByFields(type.getName()) && isPlain(type);
		return (ours && !isCallable(usual, config, description.get())) ? new WithoutConstructor(type, usual) : usual;
	}

	/* Whether instances hold nothing but their fields. */
	private static boolean isPlain(Class<?> type) {
		boolean other = type.isRecord() || type.isEnum() || type.isArray() || Throwable.class.isAssignableFrom(type)
				|| Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
		return !other && !Modifier.isAbstract(type.getModifiers()) && !ClassUtils.isInnerClass(type)
				&& !type.isAnonymousClass() && !type.isLocalClass();
	}

	private static boolean isCallable(ValueInstantiator usual, DeserializationConfig config, BeanDescription type) {
		AnnotatedWithParams creator = usual.getWithArgsCreator();
		if (usual.canCreateFromObjectWith() && creator != null) {
			return isAnnotated(creator, config) || takesFields(usual, config, type);
		}
		AnnotatedWithParams delegate = usual.getDelegateCreator();
		return usual.canCreateUsingDefault() || (delegate != null && isAnnotated(delegate, config));
	}

	private static boolean isAnnotated(AnnotatedWithParams creator, DeserializationConfig config) {
		for (int i = 0; i < creator.getParameterCount(); i++) {
			if (creator.getParameter(i).hasAnnotation(JsonProperty.class)) {
				return true;
			}
		}
		return config.getAnnotationIntrospector().findCreatorAnnotation(config, creator) != null;
	}

	private static boolean takesFields(ValueInstantiator usual, DeserializationConfig config, BeanDescription type) {
		Map<String, BeanPropertyDefinition> fields = new HashMap<>();
		type.findProperties().forEach((property) -> fields.put(property.getName(), property));
		for (SettableBeanProperty argument : usual.getFromObjectArguments(config)) {
			BeanPropertyDefinition field = fields.get(argument.getName());
			if (field == null || !field.hasField() || !takes(argument.getType(), field.getField().getType())) {
				return false;
			}
		}
		return true;
	}

	/* A field of a type without subtypes is written without type id. */
	private static boolean takes(JavaType argument, JavaType field) {
		Class<?> taken = ClassUtils.resolvePrimitiveIfNecessary(argument.getRawClass());
		Class<?> written = ClassUtils.resolvePrimitiveIfNecessary(field.getRawClass());
		boolean typed = !field.isFinal() && !field.isReferenceType();
		return taken == written || (typed && taken.isAssignableFrom(written));
	}

	private static final class WithoutConstructor extends ValueInstantiator.Delegating {

		private final Class<?> type;

		private WithoutConstructor(Class<?> type, ValueInstantiator usual) {
			super(usual);
			this.type = type;
		}

		@Override
		public ValueInstantiator createContextual(DeserializationContext context,
				BeanDescription.Supplier description) {
			return this;
		}

		@Override
		public boolean canInstantiate() {
			return true;
		}

		@Override
		public boolean canCreateUsingDefault() {
			return true;
		}

		@Override
		public boolean canCreateFromObjectWith() {
			return false;
		}

		@Override
		public SettableBeanProperty @Nullable [] getFromObjectArguments(DeserializationConfig config) {
			return null;
		}

		@Override
		public boolean canCreateUsingDelegate() {
			return false;
		}

		@Override
		public boolean canCreateUsingArrayDelegate() {
			return false;
		}

		@Override
		public Object createUsingDefault(DeserializationContext context) {
			return delegate().canCreateUsingDefault() ? delegate().createUsingDefault(context)
					: ObjectFields.instanceOf(this.type);
		}

	}

}
