package dev.kvsession.codec.samples;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static dev.kvsession.codec.samples.Sample.jdk;
import static dev.kvsession.codec.samples.Sample.json;
import static dev.kvsession.codec.samples.Sample.refused;

/**
 * Values of the JDK.
 */
public final class ValueSamples {

	private ValueSamples() {
	}

	public static Stream<Sample> all() throws Exception {
		return Stream.of(scalars(), times(), others()).flatMap((samples) -> samples);
	}

	private static Stream<Sample> scalars() {
		return Stream.of(json("string", "plain"), json("empty string", ""),
				json("string of all planes", "é \u2028 \uD83D\uDE00 \" \\ \u0000 </script>"),
				json("lone surrogate", "a\uD83Db"), json("long string", "0123456789".repeat(20_000)),
				json("boolean", true), json("int", 42), json("long", 5L), json("long beyond int", 1L << 40),
				json("short", (short) 7), json("byte", (byte) -1), json("char", 'x'), json("float", 1.5f),
				json("double", 0.1), json("double without fraction", 1e300), json("not a number", Double.NaN),
				json("infinity", Double.NEGATIVE_INFINITY), json("minus zero", -0.0d),
				json("big decimal", new BigDecimal("12.340")),
				json("big decimal with exponent", new BigDecimal("1E+400")),
				json("big integer", BigInteger.TWO.pow(200)), json("atomic integer", new AtomicInteger(3)),
				json("atomic long", new AtomicLong(4)));
	}

	private static Stream<Sample> times() {
		ZonedDateTime paris = ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 123_456_789, ZoneId.of("Europe/Paris"));
		return Stream.of(json("instant", Instant.ofEpochSecond(1_790_000_000, 123_456_789)),
				json("instant before 1970", Instant.ofEpochSecond(-5, 1)), json("duration", Duration.ofSeconds(5, 7)),
				json("negative duration", Duration.ofMillis(-1500)), json("period", Period.of(1, 2, 3)),
				json("local date", LocalDate.of(2026, 11, 21)), json("local time", LocalTime.of(23, 59, 59, 1)),
				json("local date time", LocalDateTime.of(2026, 11, 21, 5, 31)), json("zoned date time", paris),
				json("zoned date time in the doubled hour",
						ZonedDateTime.ofLocal(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Paris"),
								ZoneOffset.ofHours(1))),
				json("zoned date time in UTC", ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC"))),
				json("zoned date time at an offset", paris.withZoneSameInstant(ZoneOffset.ofHours(2))),
				json("offset date time", paris.toOffsetDateTime()),
				json("offset time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3))),
				json("offset date time far off", OffsetDateTime.MAX.minusYears(900_000_000)),
				json("year", Year.of(2026)), json("year month", YearMonth.of(2026, 2)),
				json("month day", MonthDay.of(2, 29)), json("day of week", DayOfWeek.MONDAY),
				json("zone id", ZoneId.of("Asia/Tokyo")), json("zone offset", ZoneOffset.ofHours(5)),
				json("date", new Date(1_790_000_000_123L)), json("time zone", TimeZone.getTimeZone("Europe/Berlin")),
				jdk("calendar", new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.JAPAN)),
				json("sql date", java.sql.Date.valueOf("2026-11-21")),
				jdk("sql timestamp with nanoseconds", nanos()));
	}

	private static java.sql.Timestamp nanos() {
		java.sql.Timestamp timestamp = new java.sql.Timestamp(1_790_000_000_000L);
		timestamp.setNanos(123_456_789);
		return timestamp;
	}

	private static Stream<Sample> others() throws Exception {
		return Stream.of(json("uuid", UUID.fromString("0f0e0d0c-1111-2222-3333-444455556666")),
				json("uri", URI.create("https://example.com/a?b=c#d")),
				json("url", URI.create("https://kv-session.invalid/path").toURL()), json("locale", Locale.CANADA_FRENCH),
				json("locale with script", Locale.forLanguageTag("zh-Hans-CN")), json("root locale", Locale.ROOT),
				json("currency", Currency.getInstance("EUR")), json("enum of the JDK", TimeUnit.SECONDS),
				json("charset", StandardCharsets.UTF_8), refused("optional", Optional.of("x")),
				refused("empty optional", Optional.empty()), json("bytes", new byte[] { 1, 2, -3 }),
				json("chars", new char[] { 'a', 'b' }), json("ints", new int[] { 1, 2 }),
				json("doubles", new double[] { 0.5 }), json("strings", new String[] { "a", null }),
				json("longs", new Long[] { 1L, null }), json("objects", new Object[] { "a", 1, 2L, null }),
				json("matrix", new int[][] { { 1 }, { 2, 3 } }), json("instants", new Instant[] { Instant.EPOCH }));
	}

}
