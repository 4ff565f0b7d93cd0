package dev.kvsession.security;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

import dev.kvsession.session.KvSession;

/**
 * Logins at an OpenID provider as Spring Security keeps them in a session, and the logout
 * tokens that it hands over once they are verified.
 */
final class OidcLogins {

	static final String ISSUER = "https://id.example/realms/x";

	static final String CLIENT = "shop";

	private static final Instant ISSUED = Instant.ofEpochSecond(1_790_000_000);

	private OidcLogins() {
	}

	static OidcIdToken.Builder idToken(String subject, String sid) {
		OidcIdToken.Builder token = OidcIdToken.withTokenValue("id-token")
			.issuer(ISSUER)
			.subject(subject)
			.audience(List.of(CLIENT))
			.issuedAt(ISSUED)
			.expiresAt(ISSUED.plusSeconds(300));
		return (sid != null) ? token.claim("sid", sid) : token;
	}

	static Consumer<KvSession> as(String subject, String sid) {
		return as(idToken(subject, sid).build());
	}

	static Consumer<KvSession> as(OidcIdToken token) {
		DefaultOidcUser user = new DefaultOidcUser(AuthorityUtils.createAuthorityList("OIDC_USER"), token);
		return (session) -> session.setAttribute("SPRING_SECURITY_CONTEXT",
				new SecurityContextImpl(new OAuth2AuthenticationToken(user, user.getAuthorities(), "op")));
	}

	static OidcLogoutToken.Builder logoutToken(Instant issuedAt) {
		return OidcLogoutToken.withTokenValue("logout-token")
			.issuer(ISSUER)
			.audience(List.of(CLIENT))
			.jti("jti")
			.issuedAt(issuedAt);
	}

}
