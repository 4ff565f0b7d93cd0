package dev.kvsession.session.settings;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;

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

	/**
	 * A password alone, as a login of two factors may keep it in the session meanwhile.
	 */
	@Test
	@DisplayName("who is not wholly authenticated, or anonymous, is nobody to readers of the record")
	void onlyAuthenticatedUsersHaveClaims() {
		assertThat(claimsOf(new TestingAuthenticationToken("583231", "n/a", "ROLE_USER"))).containsKey("userId");
		assertThat(claimsOf(UsernamePasswordAuthenticationToken.unauthenticated("583231", "n/a"))).isEmpty();
		assertThat(claimsOf(new AnonymousAuthenticationToken("key", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))))
			.isEmpty();
	}

	@Test
	void whoLosesTheAuthenticationLosesTheClaims() {
		World world = new World();
		Instance app = world.instance();
		String id = app.login((session) -> session.setAttribute(SecurityContexts.ATTRIBUTE,
				new SecurityContextImpl(new TestingAuthenticationToken("583231", "n/a", "ROLE_USER"))));
		app.request(id, (session) -> session.setAttribute(SecurityContexts.ATTRIBUTE,
				new SecurityContextImpl(UsernamePasswordAuthenticationToken.unauthenticated("583231", "n/a"))));
		world.settle();
		assertThat(world.record(id).claims()).isEmpty();
	}

	private static Map<String, Object> claimsOf(Authentication user) {
		World world = new World();
		String id = world.instance()
			.login((session) -> session.setAttribute(SecurityContexts.ATTRIBUTE, new SecurityContextImpl(user)));
		return world.record(id).claims();
	}

}
