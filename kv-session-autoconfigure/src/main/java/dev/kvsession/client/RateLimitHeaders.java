package dev.kvsession.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Ratelimit: "default";r=50;t=30}, {@code Ratelimit-Policy:
 * "burst";q=100;w=60} and {@code retry-after}. What cannot be read counts as not said.
 */
final class RateLimitHeaders {

	/**
	 * Longest wait believed. Cloudflare blocks a token for five minutes; the bound keeps
	 * a nonsensical header from silencing the application for ever.
	 */
	private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

	private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

	/**
	 * One parameter of a policy; more than ten digits are no plausible count.
	 */
	private static final Pattern PARAMETER = Pattern.compile(";\\s*([rtqw])\\s*=\\s*(\\d{1,10})(?=\\s*(?:;|$))");

	private static final String COUNTS = "rq";

	private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");

	private RateLimitHeaders() {
	}

	/**
	 * Reads what is said of the token's calls. A lone {@code retry-after} says nothing of
	 * them: a server that is busy has one as well.
	 * @param headers the headers, names in lower case
	 * @param now when they came
	 * @return what they say, or {@code null} if there is no {@code Ratelimit}
	 */
	static @Nullable KvRateLimit parse(Map<String, String> headers, Instant now) {
		Item limit = tightest(headers.get("ratelimit"));
		if (limit == null) {
			return null;
		}
		Item policy = tightest(headers.get("ratelimit-policy"));
		return new KvRateLimit(limit.count(), limit.time(), (policy != null) ? policy.count() : null,
				(policy != null) ? policy.time() : null, retryAfter(headers, now), now);
	}

	/**
	 * Reads {@code retry-after}, which says nothing of the calls left.
	 * @param headers the headers, names in lower case
	 * @param now when they came
	 * @return the wait, at least a second and at most an hour; {@code null} if not said
	 */
	static @Nullable Duration retryAfter(Map<String, String> headers, Instant now) {
		String text = headers.get("retry-after");
		if (text == null) {
			return null;
		}
		Duration wait = (SECONDS.matcher(text.trim()).matches()) ? Duration.ofSeconds(Long.parseLong(text.trim()))
				: untilDate(text.trim(), now);
		return (wait != null) ? bounded(wait) : null;
	}

	/**
	 * Limits a wait that a server asks for to what can be meant.
	 * @param wait the wait
	 * @return at least a second, at most an hour
	 */
	static Duration bounded(Duration wait) {
		Duration atLeast = (wait.compareTo(MIN_RETRY_AFTER) < 0) ? MIN_RETRY_AFTER : wait;
		return (atLeast.compareTo(MAX_RETRY_AFTER) > 0) ? MAX_RETRY_AFTER : atLeast;
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

	private static @Nullable Item tightest(@Nullable String header) {
		Item tightest = null;
		for (String text : (header != null) ? header.split(",") : new String[0]) {
			Item item = Item.parse(text);
			if (item != null && (tightest == null || item.count() < tightest.count())) {
				tightest = item;
			}
		}
		return tightest;
	}

	/**
	 * One limit: a count and what it has to do with time.
	 */
	private record Item(Long count, @Nullable Duration time) {

		static @Nullable Item parse(String text) {
			Long count = null;
			Duration time = null;
			Matcher parameters = PARAMETER.matcher(text);
			while (parameters.find()) {
				long number = Long.parseLong(parameters.group(2));
				if (COUNTS.contains(parameters.group(1))) {
					count = number;
				}
				else {
					time = Duration.ofSeconds(number);
				}
			}
			return (count != null) ? new Item(count, time) : null;
		}

	}

}
