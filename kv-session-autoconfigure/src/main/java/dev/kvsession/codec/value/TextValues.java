package dev.kvsession.codec.value;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Values as text. Jackson loses zones once dates are numbers, which Spring Security's
 * module switches on; zeros and digits of decimals in a tree of nodes, which Spring
 * Security's readers use; and does not know some values.
 */
final class TextValues {

	/**
	 * Longest decimal, in characters, as Jackson's longest number: reading takes
	 * quadratic time.
	 */
	private static final int MAX_DIGITS = 1000;

	private TextValues() {
	}

	static void register(SimpleModule module) {
		register(module, ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse);
		register(module, OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse);
		register(module, OffsetTime.class, OffsetTime::toString, OffsetTime::parse);
		register(module, URL.class, URL::toString, TextValues::url);
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

	private static URL url(String text) {
		try {
			URL usual = new URL(text);
			return new URL(null, text, new QuietUrls(usual.getDefaultPort()));
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("not a URL");
		}
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

	/**
	 * URLs that compare hosts by name. Others ask name servers once they are in a set, so
	 * that a forged record could cause requests. Opening one works as usual.
	 */
	private static final class QuietUrls extends URLStreamHandler {

		private final int defaultPort;

		private QuietUrls(int defaultPort) {
			this.defaultPort = defaultPort;
		}

		@Override
		protected int getDefaultPort() {
			return this.defaultPort;
		}

		@Override
		protected @Nullable InetAddress getHostAddress(URL url) {
			return null;
		}

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			return new URL(url.toExternalForm()).openConnection();
		}

		@Override
		protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
			return new URL(url.toExternalForm()).openConnection(proxy);
		}

	}

	/**
	 * JDBC's dates, to the nanosecond; a day or time of day stays one in another time
	 * zone. Loaded with the module java.sql only.
	 */
	static final class SqlValues {

		static void register(SimpleModule module) {
			TextValues.register(module, Timestamp.class, (timestamp) -> timestamp.toInstant().toString(),
					(text) -> Timestamp.from(instant(text)));
			TextValues.register(module, java.sql.Date.class, SqlValues::text, (text) -> isInstant(text)
					? new java.sql.Date(instant(text).toEpochMilli()) : java.sql.Date.valueOf(text));
			TextValues.register(module, Time.class, SqlValues::text,
					(text) -> isInstant(text) ? new Time(instant(text).toEpochMilli()) : Time.valueOf(text));
		}

		private static String text(java.util.Date date) {
			java.util.Date plain = plain(date);
			return (date.getTime() == plain.getTime()) ? date.toString()
					: Instant.ofEpochMilli(date.getTime()).toString();
		}

		private static java.util.Date plain(java.util.Date date) {
			try {
				return (date instanceof java.sql.Date) ? java.sql.Date.valueOf(date.toString())
						: Time.valueOf(date.toString());
			}
			catch (IllegalArgumentException ex) {
				return new java.util.Date(date.getTime() + 1);
			}
		}

		private static boolean isInstant(String text) {
			return text.indexOf('T') > 0;
		}

		private static Instant instant(String text) {
			return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
		}

	}

}
