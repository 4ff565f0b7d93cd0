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
 * Compares this machine's clock with the {@code Date} of KV's answers. Warns once when
 * they differ by minutes: sessions would end early or late. Safe for concurrent use.
 */
public final class ClockCheck {

	private static final Logger logger = LoggerFactory.getLogger(ClockCheck.class);

	/** Answers are never that late. */
	private static final Duration TOLERATED = Duration.ofMinutes(2);

	/** A date has whole seconds, and an answer takes a while. */
	private static final Duration KNOWN = Duration.ofSeconds(2);

	private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

	private final AtomicBoolean off = new AtomicBoolean();

	/** How long an answer's offset counts; a clock may be set meanwhile. */
	private static final Duration KEPT = Duration.ofMinutes(2);

	private Duration greatest = Duration.ZERO;

	private Duration greatestBefore = Duration.ZERO;

	private Instant since = Instant.MIN;

	/** Compares an answer's date with this machine's time. */
	void check(Map<String, String> headers, Instant now) {
		Instant date = headers.containsKey("age") ? null : date(headers.get("date"));
		if (date == null) {
			return;
		}
		Duration ahead = Duration.between(date, now);
		note(HALF_A_SECOND.minus(ahead), now);
		boolean isOff = ahead.abs().compareTo(TOLERATED) > 0;
		if (this.off.compareAndSet(!isOff, isOff) && isOff) {
			logger.warn(
					"This machine's clock is {} minutes {} KV's. Sessions end that much {}, and of changes made by several "
							+ "instances the wrong one may win. Synchronize the clock",
					ahead.abs().toMinutes(), ahead.isNegative() ? "behind" : "ahead of",
					ahead.isNegative() ? "late" : "early");
		}
	}

	/* An answer that comes late makes KV's clock seem behind: the earliest is right. */
	private synchronized void note(Duration offset, Instant now) {
		if (Duration.between(this.since, now).abs().compareTo(KEPT) > 0) {
			this.greatestBefore = this.since.equals(Instant.MIN) ? offset : this.greatest;
			this.greatest = offset;
			this.since = now;
		}
		this.greatest = max(this.greatest, offset);
	}

	private static Duration max(Duration a, Duration b) {
		return (a.compareTo(b) >= 0) ? a : b;
	}

	/** How far KV's clock is ahead of this machine's; zero if by less than seconds. */
	synchronized Duration offset() {
		Duration offset = max(this.greatest, this.greatestBefore);
		return (offset.abs().compareTo(KNOWN) > 0) ? offset : Duration.ZERO;
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
