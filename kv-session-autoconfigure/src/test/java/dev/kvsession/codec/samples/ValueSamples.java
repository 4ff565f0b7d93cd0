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
		return Stream.of(Sample.json("string", "plain"), Sample.json("empty string", ""),
				Sample.json("string of all planes", "é \u2028 \uD83D\uDE00 \" \\ \u0000 </script>"),
				Sample.json("lone surrogate", "a\uD83Db"), Sample.json("long string", "0123456789".repeat(20_000)),
				Sample.json("boolean", true), Sample.json("int", 42), Sample.json("long", 5L),
				Sample.json("long beyond int", 1L << 40), Sample.json("short", (short) 7),
				Sample.json("byte", (byte) -1), Sample.json("char", 'x'), Sample.json("float", 1.5f),
				Sample.json("double", 0.1), Sample.json("double without fraction", 1e300),
				Sample.json("not a number", Double.NaN), Sample.json("infinity", Double.NEGATIVE_INFINITY),
				Sample.json("minus zero", -0.0d), Sample.json("big decimal", new BigDecimal("12.340")),
				Sample.json("big decimal with exponent", new BigDecimal("1E+400")),
				Sample.json("big integer", BigInteger.TWO.pow(200)),
				Sample.json("atomic integer", new AtomicInteger(3)), Sample.json("atomic long", new AtomicLong(4)));
	}

	private static Stream<Sample> times() {
		ZonedDateTime paris = ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 123_456_789, ZoneId.of("Europe/Paris"));
		return Stream.of(Sample.json("instant", Instant.ofEpochSecond(1_790_000_000, 123_456_789)),
				Sample.json("instant before 1970", Instant.ofEpochSecond(-5, 1)),
				Sample.json("duration", Duration.ofSeconds(5, 7)),
				Sample.json("negative duration", Duration.ofMillis(-1500)), Sample.json("period", Period.of(1, 2, 3)),
				Sample.json("local date", LocalDate.of(2026, 11, 21)),
				Sample.json("local time", LocalTime.of(23, 59, 59, 1)),
				Sample.json("local date time", LocalDateTime.of(2026, 11, 21, 5, 31)),
				Sample.json("zoned date time", paris),
				Sample.json("zoned date time in the doubled hour",
						ZonedDateTime.ofLocal(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Paris"),
								ZoneOffset.ofHours(1))),
				Sample.json("zoned date time in UTC", ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC"))),
				Sample.json("zoned date time at an offset", paris.withZoneSameInstant(ZoneOffset.ofHours(2))),
				Sample.json("offset date time", paris.toOffsetDateTime()),
				Sample.json("offset time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3))),
				Sample.json("offset date time far off", OffsetDateTime.MAX.minusYears(900_000_000)),
				Sample.json("year", Year.of(2026)), Sample.json("year month", YearMonth.of(2026, 2)),
				Sample.json("month day", MonthDay.of(2, 29)), Sample.json("day of week", DayOfWeek.MONDAY),
				Sample.json("zone id", ZoneId.of("Asia/Tokyo")), Sample.json("zone offset", ZoneOffset.ofHours(5)),
				Sample.json("date", new Date(1_790_000_000_123L)),
				Sample.json("time zone", TimeZone.getTimeZone("Europe/Berlin")),
				Sample.json("calendar", new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.JAPAN)),
				Sample.json("sql date", java.sql.Date.valueOf("2026-11-21")),
				Sample.json("sql timestamp with nanoseconds", nanos()));
	}

	private static java.sql.Timestamp nanos() {
		java.sql.Timestamp timestamp = new java.sql.Timestamp(1_790_000_000_000L);
		timestamp.setNanos(123_456_789);
		return timestamp;
	}

	private static Stream<Sample> others() throws Exception {
		return Stream.of(Sample.json("uuid", UUID.fromString("0f0e0d0c-1111-2222-3333-444455556666")),
				Sample.json("uri", URI.create("https://example.com/a?b=c#d")),
				Sample.json("url", URI.create("https://kv-session.invalid/path").toURL()),
				Sample.json("locale", Locale.CANADA_FRENCH),
				Sample.json("locale with script", Locale.forLanguageTag("zh-Hans-CN")),
				Sample.json("root locale", Locale.ROOT), Sample.json("currency", Currency.getInstance("EUR")),
				Sample.json("enum of the JDK", TimeUnit.SECONDS), Sample.json("charset", StandardCharsets.UTF_8),
				Sample.json("optional", Optional.of("x")), Sample.json("empty optional", Optional.empty()),
				Sample.json("bytes", new byte[] { 1, 2, -3 }), Sample.json("chars", new char[] { 'a', 'b' }),
				Sample.json("ints", new int[] { 1, 2 }), Sample.json("doubles", new double[] { 0.5 }),
				Sample.json("strings", new String[] { "a", null }), Sample.json("longs", new Long[] { 1L, null }),
				Sample.json("objects", new Object[] { "a", 1, 2L, null }),
				Sample.json("matrix", new int[][] { { 1 }, { 2, 3 } }),
				Sample.json("instants", new Instant[] { Instant.EPOCH }));
	}

}
