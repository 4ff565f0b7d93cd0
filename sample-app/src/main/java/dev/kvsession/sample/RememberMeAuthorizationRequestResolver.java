package dev.kvsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Writes the wish "keep me signed in" into the authorization request's attributes. They
 * stay on this side, so the wish comes back with the state that GitHub returns although
 * the callback carries no parameter for it. Safe for concurrent use.
 */
final class RememberMeAuthorizationRequestResolver implements OAuth2AuthorizationRequestResolver {

	/** Spring answers any other registration with 500, and scanners do ask. */
	private static final RequestMatcher LOGIN = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.GET, "/oauth2/authorization/github");

	private final OAuth2AuthorizationRequestResolver delegate;

	RememberMeAuthorizationRequestResolver(ClientRegistrationRepository clients) {
		this.delegate = new DefaultOAuth2AuthorizationRequestResolver(clients);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		return LOGIN.matches(request) ? withWish(request, this.delegate.resolve(request)) : null;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
		return withWish(request, this.delegate.resolve(request, registrationId));
	}

	private static @Nullable OAuth2AuthorizationRequest withWish(HttpServletRequest request,
			@Nullable OAuth2AuthorizationRequest authorization) {
		if (authorization == null || !RememberMe.isAskedFor(request)) {
			return authorization;
		}
		return OAuth2AuthorizationRequest.from(authorization).attributes(RememberMe::addTo).build();
	}

}
