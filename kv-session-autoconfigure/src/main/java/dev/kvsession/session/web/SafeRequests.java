package dev.kvsession.session.web;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** Tells requests that only read. */
final class SafeRequests {

	/**
	 * Methods that only read (RFC 9110, 9.2.1). TRACE is one, too, but no application
	 * answers it with a session.
	 */
	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

	private SafeRequests() {
	}

	/** A GET makes the error page of any request (servlet specification, 10.9.1). */
	static boolean isSafe(HttpServletRequest request) {
		Object failed = request.getAttribute(RequestDispatcher.ERROR_METHOD);
		return SAFE_METHODS.contains((failed != null) ? failed : request.getMethod()) && !isHandshake(request);
	}

	/**
	 * A client that offers HTTP/2 in clear text asks for an upgrade, too, with each
	 * request.
	 */
	private static boolean isHandshake(HttpServletRequest request) {
		Enumeration<String> wanted = request.getHeaders(HttpHeaders.UPGRADE);
		return wanted != null && Collections.list(wanted)
			.stream()
			.anyMatch((header) -> header.toLowerCase(Locale.ROOT).contains("websocket"));
	}

}
