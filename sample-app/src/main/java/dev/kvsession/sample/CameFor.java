package dev.kvsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Remembers in a cookie the page that a visitor came for, until the login is done. Only
 * pages that are worth it: what a scanner asks for is nothing to come back to. Safe for
 * concurrent use.
 */
final class CameFor implements RequestCache {

	private static final RequestMatcher OWN_PAGE = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.GET, "/me");

	private final CookieRequestCache cookie = new CookieRequestCache();

	CameFor() {
		this.cookie.setRequestMatcher((request) -> request instanceof WantedPage || OWN_PAGE.matches(request));
		this.cookie.setCookieCustomizer((cookie) -> cookie.setAttribute("SameSite", "Lax"));
	}

	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		this.cookie.saveRequest(WantedPage.of(request), response);
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		return this.cookie.getRequest(request, response);
	}

	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		return this.cookie.getMatchingRequest(request, response);
	}

	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		this.cookie.removeRequest(request, response);
	}

}
