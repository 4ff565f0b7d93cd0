package dev.kvsession.session.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * Catches the cookie in which a session id would be sent: neither Spring Session nor
 * Spring Boot show how it is configured. Confined to one call.
 */
final class SessionCookieProbe extends HttpServletResponseWrapper {

	private static final String ID = "probe";

	private @Nullable String cookie;

	private SessionCookieProbe(HttpServletResponse response) {
		super(response);
	}

	/**
	 * Returns the {@code Set-Cookie} header without sending it, or {@code null} if ids
	 * are not sent in cookies.
	 */
	static @Nullable String probe(HttpSessionIdResolver idResolver, HttpServletRequest request,
			HttpServletResponse response) {
		SessionCookieProbe probe = new SessionCookieProbe(response);
		idResolver.setSessionId(new Untouched(request), probe, ID);
		return probe.cookie;
	}

	@Override
	public void addCookie(Cookie cookie) {
		StringBuilder header = new StringBuilder(cookie.getName()).append('=').append(cookie.getValue());
		cookie.getAttributes()
			.forEach((name, value) -> header.append("; ").append(value.isEmpty() ? name : name + "=" + value));
		caught(header.toString());
	}

	@Override
	public void addHeader(String name, String value) {
		if (HttpHeaders.SET_COOKIE.equalsIgnoreCase(name)) {
			caught(value);
		}
	}

	@Override
	public void setHeader(String name, String value) {
		addHeader(name, value);
	}

	private void caught(String header) {
		if (this.cookie == null) {
			this.cookie = header;
		}
	}

	/** A request that does not learn which id was sent. */
	private static final class Untouched extends HttpServletRequestWrapper {

		Untouched(HttpServletRequest request) {
			super(request);
		}

		@Override
		public void setAttribute(String name, Object value) {
			// The probe leaves no trace.
		}

	}

}
