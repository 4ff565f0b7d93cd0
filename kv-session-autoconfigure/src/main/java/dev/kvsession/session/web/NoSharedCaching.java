package dev.kvsession.session.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * Keeps a response with a user's cookie out of caches that users share. The cookie alone
 * does not: a cache may store it and send it to others (RFC 9111, section 7.3).
 */
public final class NoSharedCaching {

	private static final String NO_STORE = "no-store";

	private static final String PRIVATE = "private";

	private static final Set<String> FOR_SHARED_CACHES = Set.of("public", "s-maxage");

	/**
	 * Headers that replace {@code Cache-Control} in shared caches. Sources: RFC 9213;
	 * developers.cloudflare.com/cache/concepts/cdn-cache-control; fastly.com, "About
	 * cache control headers" (read 2026-11).
	 */
	private static final List<String> REPLACEMENTS = List.of("CDN-Cache-Control", "Cloudflare-CDN-Cache-Control",
			"Surrogate-Control");

	/** A directive, whose value may hold commas in quotes. */
	private static final Pattern DIRECTIVE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");

	private NoSharedCaching() {
	}

	/**
	 * Forbids shared caches to store a response. Private caches still may if the response
	 * has cache headers; one without is not stored at all, as by Spring Security, which
	 * leaves out its own headers when it finds one.
	 */
	public static void keepOut(HttpServletResponse response) {
		REPLACEMENTS.stream()
			.filter(response::containsHeader)
			.forEach((header) -> response.setHeader(header, NO_STORE));
		List<String> directives = DIRECTIVE.matcher(String.join(",", response.getHeaders(HttpHeaders.CACHE_CONTROL)))
			.results()
			.map(MatchResult::group)
			.map(String::strip)
			.filter((directive) -> !directive.isEmpty())
			.toList();
		if (directives.isEmpty()) {
			response.setHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
		}
		else if (directives.stream().noneMatch(NoSharedCaching::forbids)) {
			response.setHeader(HttpHeaders.CACHE_CONTROL,
					PRIVATE + directives.stream()
						.filter((directive) -> !FOR_SHARED_CACHES.contains(nameOf(directive)))
						.map((directive) -> ", " + directive)
						.reduce("", String::concat));
		}
	}

	/* With a value, 'private' speaks of single headers only. */
	private static boolean forbids(String directive) {
		String lowerCase = directive.toLowerCase(Locale.ROOT);
		return lowerCase.equals(PRIVATE) || lowerCase.equals(NO_STORE);
	}

	private static String nameOf(String directive) {
		return directive.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

}
