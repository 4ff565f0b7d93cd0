package dev.kvsession.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The cookie that stands beside a session cookie: of the same path, domain and
 * restrictions, but always hidden from scripts and short-lived. Immutable.
 *
 * @param name the cookie's name, the session cookie's with {@link #SUFFIX}
 * @param attributes the attributes taken over, each with its leading semicolon
 */
record HandoffCookie(String name, String attributes) {

	static final String SUFFIX = "-HANDOFF";

	private static final Set<String> TAKEN_OVER = Set.of("path", "domain", "secure", "samesite", "partitioned");

	/**
	 * Reads a session cookie.
	 * @param setCookie its {@code Set-Cookie} header
	 * @return the cookie beside it
	 */
	static HandoffCookie besides(String setCookie) {
		List<String> parts = Arrays.stream(setCookie.split(";")).map(String::strip).toList();
		StringBuilder attributes = new StringBuilder();
		parts.stream()
			.skip(1)
			.filter((part) -> TAKEN_OVER.contains(nameOf(part)))
			.forEach((part) -> attributes.append("; ").append(part));
		if (parts.stream().noneMatch((part) -> nameOf(part).equals("samesite"))) {
			attributes.append("; SameSite=Lax");
		}
		return new HandoffCookie(parts.get(0).split("=", 2)[0] + SUFFIX, attributes.append("; HttpOnly").toString());
	}

	private static String nameOf(String part) {
		return part.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

	String lasting(String value) {
		return header(value, Handoffs.LIFETIME.toSeconds());
	}

	String clearing() {
		return header("", 0) + "; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
	}

	private String header(String value, long maxAge) {
		return this.name + "=" + value + "; Max-Age=" + maxAge + this.attributes;
	}

}
