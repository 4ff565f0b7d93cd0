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
 * "burst";q=100;w=60} and {@code retry-after}. What cannot be read counts as not said.
 */
public final class RateLimitHeaders {

	/** One parameter of a limit; more than ten digits are no plausible count. */
	private static final Pattern PARAMETER = Pattern.compile(";\\s*([rt])\\s*=\\s*(\\d{1,10})(?=\\s*(?:;|$))");

	private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");

	private RateLimitHeaders() {
	}

	/**
	 * Reads {@code Ratelimit}. A lone {@code retry-after} says nothing of the calls left:
	 * a busy server sends one as well.
	 * @param headers the headers, names in lower case
	 * @return the tightest limit, or {@code null} if there is none
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
	 * Reads {@code retry-after}, which says nothing of the calls left.
	 * @param headers the headers, names in lower case
	 * @param now when they came
	 * @return the wait, at least a second and at most an hour; {@code null} if not said
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
