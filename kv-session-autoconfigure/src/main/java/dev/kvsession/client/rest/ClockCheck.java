package dev.kvsession.client.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once when this machine's clock differs from the {@code Date} of KV's answers by
 * minutes: sessions would end early or late. Safe for concurrent use.
 */
public final class ClockCheck {

	private static final Logger logger = LoggerFactory.getLogger(ClockCheck.class);

	/** Answers are never that late. */
	private static final Duration TOLERATED = Duration.ofMinutes(2);

	private final AtomicBoolean off = new AtomicBoolean();

	/** Compares an answer's date with this machine's time. */
	void check(Map<String, String> headers, Instant now) {
		Instant date = headers.containsKey("age") ? null : date(headers.get("date"));
		if (date == null) {
			return;
		}
		Duration ahead = Duration.between(date, now);
		boolean isOff = ahead.abs().compareTo(TOLERATED) > 0;
		if (this.off.compareAndSet(!isOff, isOff) && isOff) {
			logger.warn(
					"This machine's clock is {} minutes {} KV's. Sessions end that much {}, and of changes made by several "
							+ "instances the wrong one may win. Synchronize the clock",
					ahead.abs().toMinutes(), ahead.isNegative() ? "behind" : "ahead of",
					ahead.isNegative() ? "late" : "early");
		}
	}

	private static @Nullable Instant date(@Nullable String text) {
		try {
			return (text != null) ? ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
					: null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
