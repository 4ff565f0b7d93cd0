package dev.kvsession.codec.value;

import java.io.StringWriter;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.std.StdSerializer;

import dev.kvsession.codec.structure.Content;
import dev.kvsession.codec.trust.TrustedTypes;
import dev.kvsession.codec.trust.UntrustedTypeException;

/**
 * Keeps the types of map keys that are no strings: the key {@code 5} becomes
 * {@code #java.lang.Integer:5}, one of another type its JSON, as in
 * {@code #:["java.time.Year",2026]}, and so does {@code null}. A string that begins with
 * the mark gets a second one.
 */
final class TypedKeys extends KeyDeserializer {

	private static final char MARK = '#';

	/* A key like a type id's name would be taken for one, so it gets a mark, too. */
	private static final char TYPE_ID = '@';

	/* Stands, behind the mark, before a key that is written as JSON. */
	private static final char JSON = ':';

	private static final Map<String, Function<String, Object>> PARSERS = Map.of(Integer.class.getName(),
			Integer::valueOf, Long.class.getName(), Long::valueOf, Short.class.getName(), Short::valueOf,
			Byte.class.getName(), Byte::valueOf, Boolean.class.getName(), Boolean::valueOf, Character.class.getName(),
			(text) -> text.charAt(0), UUID.class.getName(), UUID::fromString, LocalDate.class.getName(),
			LocalDate::parse);

	/**
	 * Levels of maps in keys. Each escapes the text again, so that it grows
	 * exponentially.
	 */
	private static final int MAX_LEVELS = 4;

	private static final JsonFactory FACTORY = AttributeMapper.factory(AttributeMapper.MAX_DEPTH);

	private final TrustedTypes trusted;

	private final Class<?> declared;

	TypedKeys(TrustedTypes trusted, Class<?> declared) {
		this.trusted = trusted;
		this.declared = declared;
	}

	@Override
	public @Nullable Object deserializeKey(String key, DeserializationContext context) {
		boolean json = key.length() > 1 && key.charAt(0) == MARK && key.charAt(1) == JSON;
		Object value = (json) ? readJson(key.substring(2), context) : parse(key, context);
		return (this.declared.isInstance(value) || (json && value == null)) ? value
				: context.reportInputMismatch(this.declared, "not a key of the declared type");
	}

	private @Nullable Object parse(String key, DeserializationContext context) {
		if (key.isEmpty() || key.charAt(0) != MARK) {
			return isText() ? key : parse(this.declared.getName(), key, context);
		}
		char next = (key.length() > 1) ? key.charAt(1) : MARK;
		if (next == MARK || next == TYPE_ID) {
			return key.substring(1);
		}
		int end = key.indexOf(':');
		return (end > 0) ? parse(key.substring(1, end), key.substring(end + 1), context) : null;
	}

	private boolean isText() {
		return this.declared.isAssignableFrom(String.class);
	}

	private @Nullable Object parse(String type, String text, DeserializationContext context) {
		Function<String, Object> parser = PARSERS.get(type);
		if (parser != null) {
			return parser.apply(text);
		}
		if (!this.trusted.isTrusted(type)) {
			throw new UntrustedTypeException(type);
		}
		try {
			return constant(context.findClass(type), text);
		}
		catch (ClassNotFoundException ex) {
			throw new UntrustedTypeException(type);
		}
	}

	private static @Nullable Object constant(Class<?> type, String name) {
		Object[] constants = type.getEnumConstants();
		return (constants != null) ? Stream.of(constants)
			.filter((constant) -> ((Enum<?>) constant).name().equals(name))
			.findFirst()
			.orElse(null) : null;
	}

	private static String writeJson(@Nullable Object key, SerializationContext context) {
		return within(context, () -> {
			StringWriter text = new StringWriter();
			try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
				Content.write(key, generator, context);
			}
			return text.toString();
		});
	}

	private static @Nullable Object readJson(String text, DeserializationContext context) {
		return within(context, () -> {
			try (JsonParser parser = FACTORY.createParser(context, text)) {
				parser.nextToken();
				return Content.read(parser, context);
			}
		});
	}

	private static <T extends @Nullable Object> T within(DatabindContext context, Supplier<T> work) {
		int level = (context.getAttribute(TypedKeys.class) instanceof Integer outer) ? outer + 1 : 1;
		if (level > MAX_LEVELS) {
			throw new IllegalArgumentException("keys are nested in keys too deeply");
		}
		context.setAttribute(TypedKeys.class, level);
		try {
			return work.get();
		}
		finally {
			context.setAttribute(TypedKeys.class, level - 1);
		}
	}

	/* For all types of keys: Jackson writes a map without regard to its declared keys. */
	static Serializers writers() {
		return new Serializers.Base() {
			@Override
			public ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
					BeanDescription.Supplier description, JsonFormat.@Nullable Value format) {
				return new Writer();
			}
		};
	}

	/** Writes what {@link TypedKeys} reads. */
	static final class Writer extends StdSerializer<Object> {

		Writer() {
			super(Object.class);
		}

		@Override
		public void serialize(@Nullable Object key, JsonGenerator generator, SerializationContext context) {
			generator.writeName(text(key, context));
		}

		private static String text(@Nullable Object key, SerializationContext context) {
			if (key instanceof String text) {
				boolean special = !text.isEmpty() && (text.charAt(0) == MARK || text.charAt(0) == TYPE_ID);
				return (special) ? MARK + text : text;
			}
			if (key instanceof Enum<?> constant) {
				return MARK + constant.getDeclaringClass().getName() + ':' + constant.name();
			}
			return (key != null && PARSERS.containsKey(key.getClass().getName()))
					? MARK + key.getClass().getName() + ':' + key : "" + MARK + JSON + writeJson(key, context);
		}

	}

}
