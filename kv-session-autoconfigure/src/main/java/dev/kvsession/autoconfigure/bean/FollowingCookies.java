package dev.kvsession.autoconfigure.bean;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.session.web.http.CookieSerializer;

import dev.kvsession.session.web.KvSessionFilter;

/**
 * Gives session cookies the lifetime of their session, even with Spring's remember-me,
 * whose cookies live for 68 years. Leaves all else to another serializer. Safe for
 * concurrent use.
 */
public final class FollowingCookies implements CookieSerializer {

	/** The greatest Max-Age that the servlet API takes. */
	private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

	private final CookieSerializer cookies;

	public FollowingCookies(CookieSerializer cookies) {
		this.cookies = cookies;
	}

	@Override
	public void writeCookieValue(CookieValue cookie) {
		// Only a negative age is undecided: 0 removes the cookie.
		if (cookie.getCookieMaxAge() < 0
				&& cookie.getRequest().getAttribute(KvSessionFilter.LIFETIME_ATTRIBUTE) instanceof Duration lifetime) {
			cookie.setCookieMaxAge(seconds(lifetime));
		}
		this.cookies.writeCookieValue(cookie);
	}

	// Rounded up, since zero would remove the cookie.
	private static int seconds(Duration lifetime) {
		if (lifetime.compareTo(LONGEST) >= 0) {
			return Math.toIntExact(LONGEST.toSeconds());
		}
		return Math.toIntExact(Math.max(1, lifetime.toSeconds() + ((lifetime.getNano() > 0) ? 1 : 0)));
	}

	@Override
	public List<String> readCookieValues(HttpServletRequest request) {
		return this.cookies.readCookieValues(request);
	}

}
