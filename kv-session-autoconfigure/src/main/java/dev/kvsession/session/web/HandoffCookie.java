package dev.kvsession.session.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.kvsession.session.handoff.Handoff;

/**
 * The cookie beside a session cookie: with its path, domain and restrictions, but always
 * hidden from scripts and short-lived. It has both {@code Max-Age} and {@code Expires}:
 * without the latter a client such as Java's {@code CookieManager} takes it for a cookie
 * of RFC 2965 and quotes its value. Immutable.
 *
 * @param name the session cookie's name with {@link #SUFFIX}
 * @param attributes the attributes taken over, each with its leading semicolon
 */
public record HandoffCookie(String name, String attributes) {

	static final String SUFFIX = "-HANDOFF";

	/** As in RFC 9110, section 5.6.7. */
	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private static final Set<String> TAKEN_OVER = Set.of("path", "domain", "secure", "samesite", "partitioned");

	/** Reads a session cookie's {@code Set-Cookie} header. */
	public static HandoffCookie besides(String setCookie) {
		List<String> parts = Arrays.stream(setCookie.split(";")).map(String::strip).toList();
		StringBuilder attributes = new StringBuilder();
		parts.stream()
			.skip(1)
			.filter((part) -> TAKEN_OVER.contains(nameOf(part)))
			.forEach((part) -> attributes.append("; ").append(part));
		return new HandoffCookie(parts.get(0).split("=", 2)[0] + SUFFIX, attributes.append("; HttpOnly").toString());
	}

	private static String nameOf(String part) {
		return part.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

	/** Writes the {@code Set-Cookie} header. */
	public String lasting(String value, Instant now) {
		return header(value, Handoff.LIFETIME, now.plus(Handoff.LIFETIME));
	}

	public String clearing() {
		return header("", Duration.ZERO, Instant.EPOCH);
	}

	private String header(String value, Duration maxAge, Instant expires) {
		return this.name + "=" + value + "; Max-Age=" + maxAge.toSeconds() + "; Expires=" + DATE.format(expires)
				+ this.attributes;
	}

}
