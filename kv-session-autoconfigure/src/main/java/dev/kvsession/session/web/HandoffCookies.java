package dev.kvsession.session.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.List;
import java.util.function.IntFunction;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * The handoff cookies of requests and responses: named after the session cookie and sent
 * to the same paths. Safe for concurrent use.
 */
public final class HandoffCookies {

	/**
	 * Longest cookie, attributes included. Browsers keep at least 4,096 bytes (RFC 6265,
	 * section 6.1); servers and proxies bound all headers of a request together, often at
	 * 8 KB.
	 */
	public static final int MAX_LENGTH = 3584;

	/**
	 * How many cookies are tried: one of a parent domain or path may come before ours.
	 */
	private static final int MAX_TRIED = 4;

	private final HttpSessionIdResolver idResolver;

	private final InstantSource clock;

	public HandoffCookies(HttpSessionIdResolver idResolver, InstantSource clock) {
		this.idResolver = idResolver;
		this.clock = clock;
	}

	/**
	 * Hides the handoff cookies of a request from the application. Returns the request
	 * itself if it has none.
	 */
	public HttpServletRequest hide(HttpServletRequest request, HttpServletResponse response) {
		Enumeration<String> headers = request.getHeaders(HttpHeaders.COOKIE);
		while (headers != null && headers.hasMoreElements()) {
			if (headers.nextElement().contains(HandoffCookie.SUFFIX)) {
				String sessionCookie = SessionCookieProbe.probe(this.idResolver, request, response);
				return (sessionCookie != null)
						? new WithoutHandoff(request, response, HandoffCookie.besides(sessionCookie).name()) : request;
			}
		}
		return request;
	}

	/**
	 * Returns a few cookie values that may be handoffs, of a request that {@link #hide}
	 * returned.
	 */
	public static List<String> received(HttpServletRequest request) {
		if (!(request instanceof WithoutHandoff known)) {
			return List.of();
		}
		return known.hidden()
			.stream()
			.map(Cookie::getValue)
			.filter((value) -> value != null && value.length() <= MAX_LENGTH)
			.map(HandoffCookies::unquoted)
			.limit(MAX_TRIED)
			.toList();
	}

	/** A client that took the cookie for one of RFC 2965 has quoted its value. */
	private static String unquoted(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	/**
	 * Sends a handoff instead of an earlier one. {@code sealed} makes a value of at most
	 * so many characters. Returns whether it is in the response: not if that is
	 * committed, nor if session ids do not travel in cookies.
	 */
	public boolean send(HttpServletRequest request, HttpServletResponse response, IntFunction<String> sealed) {
		HandoffCookie cookie = cookie(request, response);
		if (cookie == null) {
			return false;
		}
		Instant now = this.clock.instant();
		int room = MAX_LENGTH - cookie.lasting("", now).length();
		replace(response, cookie.name(), cookie.lasting(sealed.apply(room), now));
		return true;
	}

	public void clear(HttpServletRequest request, HttpServletResponse response) {
		HandoffCookie cookie = cookie(request, response);
		if (cookie != null) {
			replace(response, cookie.name(), cookie.clearing());
		}
	}

	private @Nullable HandoffCookie cookie(HttpServletRequest request, HttpServletResponse response) {
		String header = response.isCommitted() ? null : SessionCookieProbe.probe(this.idResolver, request, response);
		return (header != null) ? HandoffCookie.besides(header) : null;
	}

	/**
	 * A response cannot take back one header, so the others of the same name are set
	 * again.
	 */
	private static void replace(HttpServletResponse response, String name, String cookie) {
		NoSharedCaching.keepOut(response);
		List<String> before = List.copyOf(response.getHeaders(HttpHeaders.SET_COOKIE));
		List<String> others = before.stream().filter((header) -> !header.startsWith(name + "=")).toList();
		if (others.size() == before.size()) {
			response.addHeader(HttpHeaders.SET_COOKIE, cookie);
			return;
		}
		response.setHeader(HttpHeaders.SET_COOKIE, cookie);
		others.forEach((header) -> response.addHeader(HttpHeaders.SET_COOKIE, header));
	}

}
