package dev.kvsession.client.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRateLimitException;

/**
 * Reads {@code Ratelimit: "default";r=50;t=30}, {@code Ratelimit-Policy:
 * "burst";q=100;w=60} and {@code retry-after}. A malformed header counts as absent.
 */
public final class RateLimitHeaders {

	/** One parameter of a limit; more than ten digits are no plausible count. */
	private static final Pattern PARAMETER = Pattern.compile(";\\s*([rt])\\s*=\\s*(\\d{1,10})(?=\\s*(?:;|$))");

	private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");

	private RateLimitHeaders() {
	}

	/**
	 * Returns the tightest limit of {@code Ratelimit}, or {@code null} for none. A lone
	 * {@code retry-after} does not count: any busy server sends one.
	 */
	public static @Nullable KvRateLimit parse(Map<String, String> headers) {
		return Arrays.stream(headers.getOrDefault("ratelimit", "").split(","))
			.map(RateLimitHeaders::limit)
			.flatMap(Optional::stream)
			.min(Comparator.comparingLong(KvRateLimit::remaining))
			.orElse(null);
	}

	private static Optional<KvRateLimit> limit(String text) {
		Long remaining = null;
		Duration resetAfter = null;
		Matcher parameters = PARAMETER.matcher(text);
		while (parameters.find()) {
			long number = Long.parseLong(parameters.group(2));
			if (parameters.group(1).equals("r")) {
				remaining = number;
			}
			else {
				resetAfter = Duration.ofSeconds(number);
			}
		}
		return (remaining != null) ? Optional.of(new KvRateLimit(remaining, resetAfter)) : Optional.empty();
	}

	/**
	 * Returns the wait of {@code retry-after}, from a second to an hour, or {@code null}
	 * for none.
	 */
	public static @Nullable Duration retryAfter(Map<String, String> headers, Instant now) {
		String text = headers.get("retry-after");
		if (text == null) {
			return null;
		}
		Duration wait = (SECONDS.matcher(text.trim()).matches()) ? Duration.ofSeconds(Long.parseLong(text.trim()))
				: untilDate(text.trim(), now);
		return (wait != null) ? KvRateLimitException.bounded(wait) : null;
	}

	private static @Nullable Duration untilDate(String text, Instant now) {
		try {
			Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return Duration.between(now, date);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
