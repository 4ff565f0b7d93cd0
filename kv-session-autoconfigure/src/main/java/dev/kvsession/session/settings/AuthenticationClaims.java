package dev.kvsession.session.settings;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.util.ClassUtils;

/**
 * The default claims: {@code userId} is the principal's name, {@code email} is taken from
 * an OAuth2 or OpenID Connect user that has one. Immutable; works without Spring
 * Security.
 */
final class AuthenticationClaims implements SessionClaims {

	private static final boolean OAUTH2 = ClassUtils.isPresent(
			"org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal",
			AuthenticationClaims.class.getClassLoader());

	@Override
	public Map<String, Object> claims(Principal authentication) {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("userId", authentication.getName());
		if (OAUTH2) {
			OAuth2.addEmail(authentication, claims);
		}
		return claims;
	}

	/** Loaded only if Spring Security's OAuth2 core is present. */
	private static final class OAuth2 {

		private static void addEmail(Principal authentication, Map<String, Object> claims) {
			if (authentication instanceof Authentication token
					&& token.getPrincipal() instanceof OAuth2AuthenticatedPrincipal user
					&& user.getAttribute("email") instanceof String email) {
				claims.put("email", email);
			}
		}

	}

}
