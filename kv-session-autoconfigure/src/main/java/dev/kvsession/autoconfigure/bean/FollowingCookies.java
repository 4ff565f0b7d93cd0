package dev.kvsession.autoconfigure.bean;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.session.web.http.CookieSerializer;

import dev.kvsession.session.web.KvSessionFilter;

/**
 * Session cookies that live as long as their session, also one that is to be remembered:
 * Spring's own remember-me lets the cookie live for 68 years. Everything else about the
 * cookie is another serializer's. Safe for concurrent use.
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
		// Not negative means that the age is decided: 0 removes the cookie.
		if (cookie.getCookieMaxAge() < 0
				&& cookie.getRequest().getAttribute(KvSessionFilter.LIFETIME_ATTRIBUTE) instanceof Duration lifetime) {
			cookie.setCookieMaxAge(seconds(lifetime));
		}
		this.cookies.writeCookieValue(cookie);
	}

	/*
	 * Rounded up, since zero would remove the cookie.
	 */
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
