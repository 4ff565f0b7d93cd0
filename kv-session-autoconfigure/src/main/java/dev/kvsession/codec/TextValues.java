package dev.kvsession.codec;

import java.net.URL;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.function.Function;

import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Times with a zone, as their own text. Jackson's serializers keep the instant and lose
 * the zone as soon as dates are written as numbers, which Spring Security's module
 * switches on. And URLs, which must not look their hosts up.
 */
final class TextValues {

	private TextValues() {
	}

	static void register(SimpleModule module) {
		register(module, ZonedDateTime.class, ZonedDateTime::parse);
		register(module, OffsetDateTime.class, OffsetDateTime::parse);
		register(module, OffsetTime.class, OffsetTime::parse);
		register(module, URL.class, QuietUrls::parse);
	}

	private static <T> void register(SimpleModule module, Class<T> type, Function<String, T> parser) {
		module.addSerializer(type, new ToStringSerializer(type));
		module.addDeserializer(type, new Parser<>(type, parser));
	}

	private static final class Parser<T> extends FromStringDeserializer<T> {

		private final transient Function<String, T> parser;

		private Parser(Class<T> type, Function<String, T> parser) {
			super(type);
			this.parser = parser;
		}

		@Override
		protected T _deserialize(String value, DeserializationContext context) {
			return this.parser.apply(value);
		}

	}

}
