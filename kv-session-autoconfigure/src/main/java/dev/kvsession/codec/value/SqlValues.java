package dev.kvsession.codec.value;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;

import tools.jackson.databind.module.SimpleModule;

/**
 * Dates of JDBC, to the nanosecond. Those that are a day, or a time of day, keep being
 * one where the time zone is another. Loaded with the module {@code java.sql} only.
 */
final class SqlValues {

	private SqlValues() {
	}

	static void register(SimpleModule module) {
		TextValues.register(module, Timestamp.class, (timestamp) -> timestamp.toInstant().toString(),
				(text) -> Timestamp.from(instant(text)));
		TextValues.register(module, Date.class, SqlValues::text,
				(text) -> isInstant(text) ? new Date(instant(text).toEpochMilli()) : Date.valueOf(text));
		TextValues.register(module, Time.class, SqlValues::text,
				(text) -> isInstant(text) ? new Time(instant(text).toEpochMilli()) : Time.valueOf(text));
	}

	private static String text(java.util.Date date) {
		java.util.Date plain = plain(date);
		return (date.getTime() == plain.getTime()) ? date.toString() : Instant.ofEpochMilli(date.getTime()).toString();
	}

	private static java.util.Date plain(java.util.Date date) {
		try {
			return (date instanceof Date) ? Date.valueOf(date.toString()) : Time.valueOf(date.toString());
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
