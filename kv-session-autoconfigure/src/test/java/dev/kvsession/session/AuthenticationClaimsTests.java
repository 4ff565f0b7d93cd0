package dev.kvsession.session;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;

import static org.assertj.core.api.Assertions.assertThat;

class AuthenticationClaimsTests {

	private final AuthenticationClaims claims = new AuthenticationClaims();

	private static OAuth2AuthenticationToken login(Map<String, Object> attributes) {
		OAuth2User user = new DefaultOAuth2User(AuthorityUtils.createAuthorityList("ROLE_USER"), attributes, "id");
		return new OAuth2AuthenticationToken(user, user.getAuthorities(), "github");
	}

	@Test
	void theUserIsThePrincipalsName() {
		assertThat(this.claims.claims(new TestingAuthenticationToken("583231", "n/a")))
			.isEqualTo(Map.of("userId", "583231"));
		assertThat(this.claims.claims(() -> "a plain principal")).isEqualTo(Map.of("userId", "a plain principal"));
	}

	@Test
	void anOAuth2UsersEmailIsAdded() {
		assertThat(this.claims.claims(login(Map.of("id", 583231, "email", "octo@example.com"))))
			.isEqualTo(Map.of("userId", "583231", "email", "octo@example.com"));
	}

	@Test
	void anEmailThatIsNoTextIsLeftOut() {
		assertThat(this.claims.claims(login(Map.of("id", 1, "email", List.of("octo@example.com")))))
			.containsOnlyKeys("userId");
	}

}
