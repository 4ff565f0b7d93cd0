package dev.kvsession.codec.value;

import java.math.BigDecimal;
import java.net.URL;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Function;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Values as a text of their own. Times with a zone: Jackson's serializers keep the
 * instant and lose the zone as soon as dates are written as numbers, which Spring
 * Security's module switches on. Decimals: what reads a tree of nodes, as Spring
 * Security's deserializers do, would lose zeros and digits of a number. URLs, which must
 * not look their hosts up. And values that Jackson does not know, or not wholly.
 */
final class TextValues {

	/**
	 * Longest decimal, in characters, as long as Jackson's longest number: to read a
	 * longer one takes time that grows with its square.
	 */
	private static final int MAX_DIGITS = 1000;

	private TextValues() {
	}

	static void register(SimpleModule module) {
		register(module, ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse);
		register(module, OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse);
		register(module, OffsetTime.class, OffsetTime::toString, OffsetTime::parse);
		register(module, URL.class, URL::toString, QuietUrls::parse);
		register(module, BigDecimal.class, BigDecimal::toString, TextValues::decimal);
		register(module, Locale.class, Locales::text, Locales::parse);
		register(module, BitSet.class, (bits) -> Base64.getEncoder().encodeToString(bits.toByteArray()),
				(text) -> BitSet.valueOf(Base64.getDecoder().decode(text)));
		register(module, StringBuilder.class, StringBuilder::toString, StringBuilder::new);
		register(module, StringBuffer.class, StringBuffer::toString, StringBuffer::new);
	}

	static <T> void register(SimpleModule module, Class<T> type, Function<T, String> writer,
			Function<String, T> parser) {
		module.addSerializer(type, new Writer<>(type, writer));
		module.addDeserializer(type, new Parser<>(type, parser));
	}

	private static BigDecimal decimal(String text) {
		if (text.length() > MAX_DIGITS) {
			throw new NumberFormatException("a decimal of too many digits");
		}
		return new BigDecimal(text);
	}

	private static final class Writer<T> extends StdScalarSerializer<T> {

		private final Function<T, String> text;

		private Writer(Class<T> type, Function<T, String> text) {
			super(type);
			this.text = text;
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(this.text.apply(value));
		}

	}

	private static final class Parser<T> extends FromStringDeserializer<T> {

		private final transient Function<String, T> parser;

		private Parser(Class<T> type, Function<String, T> parser) {
			super(type);
			this.parser = parser;
		}

		@Override
		protected boolean _shouldTrim() {
			return false;
		}

		@Override
		protected T _deserialize(String value, DeserializationContext context) {
			return this.parser.apply(value);
		}

		@Override
		protected Object _deserializeFromEmptyStringDefault(DeserializationContext context) {
			return this.parser.apply("");
		}

	}

}
