package dev.kvsession.sample;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.stereotype.Component;

import dev.kvsession.session.settings.SessionClaims;

/**
 * Puts who logged in at the top level of the record in KV, where code at the edge can
 * read it without knowing Spring. Safe for concurrent use.
 */
@Component
class GitHubClaims implements SessionClaims {

	private static final String EMAIL = "email";

	@Override
	public Map<String, Object> claims(Principal authentication) {
		if (!(authentication instanceof OAuth2AuthenticationToken login)) {
			return Map.of();
		}
		GitHubUser user = GitHubUser.of(login.getPrincipal());
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put(GitHubUser.USER_ID, user.userId());
		claims.put(GitHubUser.USERNAME, user.username());
		if (user.email() != null) {
			claims.put(EMAIL, user.email());
		}
		return claims;
	}

}
