package dev.kvsession.sample;

import java.time.Duration;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * The wish "keep me signed in for 30 days" on its way from the form to the new login.
 */
final class RememberMe {

	/** How long a remembered session lives without a visit. */
	static final Duration LIFETIME = Duration.ofDays(30);

	private static final String NAME = "remember";

	private static final String REQUEST_ATTRIBUTE = RememberMe.class.getName();

	private RememberMe() {
	}

	// Whether the form that starts a login had the box ticked.
	static boolean isAskedFor(HttpServletRequest request) {
		return "true".equals(request.getParameter(NAME));
	}

	static void addTo(Map<String, Object> authorizationAttributes) {
		authorizationAttributes.put(NAME, true);
	}

	static void handOver(OAuth2AuthorizationRequest authorization, HttpServletRequest request) {
		request.setAttribute(REQUEST_ATTRIBUTE, authorization.getAttributes().get(NAME));
	}

	// Whether the login that this request completes was started with the box ticked.
	static boolean isWanted(HttpServletRequest request) {
		return Boolean.TRUE.equals(request.getAttribute(REQUEST_ATTRIBUTE));
	}

}
