package dev.kvsession.session.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Shows the application a request without its handoff cookies. They hold the session's
 * record: an application that stores the request in the session, as Spring Security does
 * before a login, would store the record in the record. Confined to one request.
 */
final class WithoutHandoff extends HttpServletRequestWrapper {

	private final String name;

	private final HttpServletResponse response;

	WithoutHandoff(HttpServletRequest request, HttpServletResponse response, String name) {
		super(request);
		this.response = response;
		this.name = name;
	}

	/**
	 * The context would otherwise hold the wrapped request and show it to the
	 * application.
	 */
	@Override
	public AsyncContext startAsync() {
		return super.startAsync(this, this.response);
	}

	List<Cookie> hidden() {
		Cookie @Nullable [] cookies = super.getCookies();
		return (cookies != null) ? Arrays.stream(cookies).filter(this::isHidden).toList() : List.of();
	}

	private boolean isHidden(Cookie cookie) {
		return cookie.getName().equals(this.name);
	}

	@Override
	public Cookie @Nullable [] getCookies() {
		Cookie @Nullable [] cookies = super.getCookies();
		if (cookies == null) {
			return null;
		}
		Cookie[] others = Arrays.stream(cookies).filter((cookie) -> !isHidden(cookie)).toArray(Cookie[]::new);
		return (others.length > 0) ? others : null;
	}

	@Override
	public @Nullable String getHeader(String header) {
		if (!HttpHeaders.COOKIE.equalsIgnoreCase(header)) {
			return super.getHeader(header);
		}
		List<String> others = others();
		return others.isEmpty() ? null : others.get(0);
	}

	@Override
	public Enumeration<String> getHeaders(String header) {
		return HttpHeaders.COOKIE.equalsIgnoreCase(header) ? Collections.enumeration(others())
				: super.getHeaders(header);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		List<String> names = Collections.list(super.getHeaderNames());
		if (others().isEmpty()) {
			names.removeIf(HttpHeaders.COOKIE::equalsIgnoreCase);
		}
		return Collections.enumeration(names);
	}

	/**
	 * The header's lines without the hidden cookies; a line that would be empty is left
	 * out.
	 */
	private List<String> others() {
		List<String> others = new ArrayList<>();
		for (String line : Collections.list(super.getHeaders(HttpHeaders.COOKIE))) {
			String rest = Arrays.stream(line.split(";"))
				.filter((pair) -> !pair.split("=", 2)[0].strip().equals(this.name))
				.collect(Collectors.joining(";"))
				.strip();
			if (!rest.isEmpty()) {
				others.add(rest);
			}
		}
		return others;
	}

}
