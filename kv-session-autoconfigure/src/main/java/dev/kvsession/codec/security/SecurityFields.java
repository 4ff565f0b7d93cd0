package dev.kvsession.codec.security;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

import dev.kvsession.codec.structure.Content;
import dev.kvsession.codec.structure.FormModule;
import dev.kvsession.codec.structure.ObjectFields;
import dev.kvsession.codec.trust.SecurityTypes;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Stores the application's subclasses of Spring Security's classes, such as a principal
 * that extends {@code User}, by all their fields; Spring Security's readers would make an
 * object of the superclass. Also stores tokens for which Spring Security has no reader.
 * Loaded with Spring Security only.
 */
final class SecurityFields extends FormModule {

	/** Names the fields that hold the same object as another one. */
	private static final String SAME = "@same";

	/**
	 * Precedes fields that say their types. Earlier versions wrote fields as their
	 * declared types.
	 */
	private static final String TYPED = "@typed";

	private final transient TrustedTypes trusted;

	SecurityFields(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	@Override
	protected @Nullable ValueSerializer<?> writer(Class<?> type, SerializationConfig config) {
		return this.trusted.isSecurityByFields(type)
				? new Content.Writer<>(Object.class, JsonToken.START_OBJECT, SecurityFields::write) : null;
	}

	@Override
	protected @Nullable ValueDeserializer<?> reader(Class<?> type) {
		return this.trusted.isSecurityByFields(type) ? new Reader(type) : null;
	}

	private static void write(Object value, JsonGenerator generator, SerializationContext context) {
		if (!isNew(value.getClass())) {
			Content.write(TYPED, true, generator, context);
		}
		Map<Object, String> written = new IdentityHashMap<>();
		Map<String, String> same = new LinkedHashMap<>();
		fields(value.getClass()).forEach((name, field) -> {
			Object content = ObjectFields.get(field, value);
			boolean shareable = content != null && content.getClass().getName().startsWith(TrustedTypes.SECURITY);
			String first = (shareable) ? written.putIfAbsent(content, name) : null;
			if (first != null) {
				same.put(name, first);
			}
			else {
				Content.write(name, content, generator, context);
			}
		});
		if (!same.isEmpty()) {
			Content.write(SAME, same, generator, context);
		}
	}

	/*
	 * Fields by name. The superclass's field of the same name has its class before the
	 * name.
	 */
	private static Map<String, Field> fields(Class<?> type) {
		Map<String, Field> fields = new LinkedHashMap<>();
		List<Field> declared = ObjectFields.of(type);
		for (Field field : (declared != null) ? declared : List.<Field>of()) {
			Field hidden = fields.putIfAbsent(field.getName(), field);
			if (hidden != null) {
				fields.put(field.getDeclaringClass().getName() + "." + field.getName(), field);
			}
		}
		return fields;
	}

	/* Whether no earlier version stored a class. */
	private static boolean isNew(Class<?> type) {
		return SecurityTypes.BY_FIELDS.contains(type.getName());
	}

	private static void set(Field field, Object owner, @Nullable Object value) {
		if (value == null && field.getType().isPrimitive()) {
			return;
		}
		try {
			field.set(owner, restored(field, value));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("a field that was opened is closed", ex);
		}
	}

	/* A user's authorities are sorted in a way that JSON does not store. */
	@SuppressWarnings("unchecked")
	private static @Nullable Object restored(Field field, @Nullable Object value) {
		return (field.getDeclaringClass() == User.class && value instanceof Collection<?> authorities)
				? new User("user", "", (Collection<? extends GrantedAuthority>) authorities).getAuthorities() : value;
	}

	private static final class Reader extends ValueDeserializer<Object> {

		private final Class<?> type;

		private final Map<String, Field> fields;

		private Reader(Class<?> type) {
			this.type = type;
			this.fields = fields(type);
		}

		@Override
		public boolean isCachable() {
			return true;
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			JsonToken token = parser.isExpectedStartObjectToken() ? parser.nextToken() : parser.currentToken();
			boolean typed = isNew(this.type)
					|| (token == JsonToken.PROPERTY_NAME && TYPED.equals(parser.currentName()));
			Map<String, @Nullable Object> values = (typed) ? Content.readFields(parser, context)
					: readDeclared(parser, context);
			if (values.get(SAME) instanceof Map<?, ?> same) {
				same.forEach((name, first) -> values.put(String.valueOf(name), values.get(String.valueOf(first))));
			}
			Object object = make();
			this.fields.forEach((name, field) -> {
				if (values.containsKey(name)) {
					set(field, object, values.get(name));
				}
			});
			return object;
		}

		private Map<String, @Nullable Object> readDeclared(JsonParser parser, DeserializationContext context) {
			Map<String, @Nullable Object> values = new HashMap<>();
			for (JsonToken token = parser.currentToken(); token == JsonToken.PROPERTY_NAME; token = parser
				.nextToken()) {
				String name = parser.currentName();
				Field field = this.fields.get(name);
				token = parser.nextToken();
				if (field == null || token == JsonToken.VALUE_NULL) {
					parser.skipChildren();
					values.put(name, null);
				}
				else {
					JavaType declared = context.getTypeFactory().constructType(field.getGenericType());
					values.put(name, context.findRootValueDeserializer(declared).deserialize(parser, context));
				}
			}
			return values;
		}

		private Object make() {
			try {
				Constructor<?> constructor = this.type.getDeclaredConstructor();
				constructor.setAccessible(true);
				return constructor.newInstance();
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				return ObjectFields.instanceOf(this.type);
			}
		}

	}

}
