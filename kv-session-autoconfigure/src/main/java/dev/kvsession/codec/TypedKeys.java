package dev.kvsession.codec;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Keeps the type of map keys that are no strings, where the map's declared type does not
 * tell it: the key {@code 5} becomes {@code #java.lang.Integer:5}. A string that begins
 * with the mark gets a second one.
 */
final class TypedKeys extends KeyDeserializer {

	private static final char MARK = '#';

	private static final Map<String, Function<String, Object>> PARSERS = Map.of(Integer.class.getName(),
			Integer::valueOf, Long.class.getName(), Long::valueOf, Short.class.getName(), Short::valueOf,
			Byte.class.getName(), Byte::valueOf, Boolean.class.getName(), Boolean::valueOf, Character.class.getName(),
			(text) -> text.charAt(0), UUID.class.getName(), UUID::fromString, LocalDate.class.getName(),
			LocalDate::parse);

	private final TrustedTypes trusted;

	TypedKeys(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	@Override
	public Object deserializeKey(String key, DeserializationContext context) {
		if (key.isEmpty() || key.charAt(0) != MARK) {
			return key;
		}
		if (key.length() > 1 && key.charAt(1) == MARK) {
			return key.substring(1);
		}
		int end = key.indexOf(':');
		Object value = (end > 0) ? parse(key.substring(1, end), key.substring(end + 1), context) : null;
		return (value != null) ? value : context.reportInputMismatch(Object.class, "key of unknown type");
	}

	private @Nullable Object parse(String type, String text, DeserializationContext context) {
		Function<String, Object> parser = PARSERS.get(type);
		if (parser != null) {
			return parser.apply(text);
		}
		if (!this.trusted.isTrusted(type)) {
			throw new UntrustedTypeException(type);
		}
		return constant(context.constructType(load(type, context)).getRawClass(), text);
	}

	private static Class<?> load(String type, DeserializationContext context) {
		try {
			return context.findClass(type);
		}
		catch (ClassNotFoundException ex) {
			throw new UntrustedTypeException(type);
		}
	}

	private static @Nullable Object constant(Class<?> type, String name) {
		Object[] constants = type.getEnumConstants();
		if (constants == null) {
			return null;
		}
		for (Object constant : constants) {
			if (((Enum<?>) constant).name().equals(name)) {
				return constant;
			}
		}
		return null;
	}

	/**
	 * Writes what {@link TypedKeys} reads.
	 */
	static final class Writer extends StdSerializer<Object> {

		Writer() {
			super(Object.class);
		}

		@Override
		public void serialize(Object key, JsonGenerator generator, SerializationContext context) {
			generator.writeName(text(key));
		}

		private static String text(Object key) {
			if (key instanceof String text) {
				return (!text.isEmpty() && text.charAt(0) == MARK) ? MARK + text : text;
			}
			if (key instanceof Enum<?> constant) {
				return MARK + constant.getDeclaringClass().getName() + ':' + constant.name();
			}
			if (!PARSERS.containsKey(key.getClass().getName())) {
				throw new UntrustedTypeException(key.getClass().getName());
			}
			return MARK + key.getClass().getName() + ':' + key;
		}

	}

}
