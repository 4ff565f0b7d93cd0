package dev.kvsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Remembers in a cookie the page that a visitor came for, until the login is done. Only
 * pages that are worth it: what a scanner asks for is nothing to come back to. Safe for
 * concurrent use.
 */
final class CameFor extends CookieRequestCache {

	private static final RequestMatcher OWN_PAGE = new OrRequestMatcher(page("/me"), page(SessionsController.PAGE));

	CameFor() {
		setRequestMatcher((request) -> request instanceof WantedPage || OWN_PAGE.matches(request));
		setCookieCustomizer((cookie) -> cookie.setAttribute("SameSite", "Lax"));
	}

	private static RequestMatcher page(String path) {
		return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, path);
	}

	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		super.saveRequest(WantedPage.of(request), response);
	}

	// A cookie that no login has set, and that Spring cannot read, must not bar the way.
	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		try {
			return super.getRequest(request, response);
		}
		catch (IllegalArgumentException ex) {
			removeRequest(request, response);
			return null;
		}
	}

}
