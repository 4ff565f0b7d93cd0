package dev.kvsession.sample;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.session.web.http.CookieSerializer;

import dev.kvsession.session.KvSessionFilter;

/**
 * Lets the session cookie live as long as its session: 7 days, or 30 for one that is to
 * be remembered, also when the cookie is sent again later. (Spring's own remember-me
 * makes the cookie live for 68 years.) A session that never expires keeps the Max-Age
 * from the properties. Safe for concurrent use.
 */
final class SessionLifetimeCookieSerializer implements CookieSerializer {

	private final CookieSerializer delegate;

	SessionLifetimeCookieSerializer(CookieSerializer delegate) {
		this.delegate = delegate;
	}

	@Override
	public void writeCookieValue(CookieValue cookie) {
		// Not negative means that the age is decided: 0 removes the cookie.
		if (cookie.getCookieMaxAge() < 0
				&& cookie.getRequest()
					.getAttribute(KvSessionFilter.MAX_INACTIVE_INTERVAL_ATTRIBUTE) instanceof Duration interval
				&& interval.toSeconds() > 0) {
			cookie.setCookieMaxAge(Math.toIntExact(interval.toSeconds()));
		}
		this.delegate.writeCookieValue(cookie);
	}

	@Override
	public List<String> readCookieValues(HttpServletRequest request) {
		return this.delegate.readCookieValues(request);
	}

}
