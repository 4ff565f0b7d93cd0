package dev.kvsession.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands in a login several times is decoded to one object if nobody can change it.
 */
class SharedPartsTests {

	private static final String NAME = "context";

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	private OAuth2AuthenticationToken decoded(OAuth2UserAuthority ofPrincipal, OAuth2UserAuthority ofLogin) {
		DefaultOAuth2User principal = new DefaultOAuth2User(List.of(ofPrincipal), ofPrincipal.getAttributes(), "id");
		SecurityContext login = new SecurityContextImpl(
				new OAuth2AuthenticationToken(principal, List.of(ofLogin), "github"));
		SecurityContext read = (SecurityContext) this.codec.decodeAttribute(NAME,
				this.codec.encodeAttribute(NAME, login, Records.AT));
		return (OAuth2AuthenticationToken) read.getAuthentication();
	}

	private static GrantedAuthority ofPrincipal(OAuth2AuthenticationToken login) {
		return login.getPrincipal().getAuthorities().iterator().next();
	}

	private static GrantedAuthority ofLogin(OAuth2AuthenticationToken login) {
		return login.getAuthorities().iterator().next();
	}

	private static Map<String, Object> user(Object more) {
		Map<String, Object> user = new LinkedHashMap<>();
		user.put("id", 583_231);
		user.put("login", "octocat");
		user.put("email", null);
		user.put("more", more);
		return user;
	}

	@Test
	void equalStrings() {
		OAuth2UserAuthority authority = new OAuth2UserAuthority(user("same"));
		OAuth2AuthenticationToken login = decoded(authority, authority);
		Object name = login.getPrincipal().getAttributes().get("login");
		assertThat(name).isEqualTo("octocat");
		assertThat(((OAuth2UserAuthority) ofLogin(login)).getAttributes().get("login")).isSameAs(name);
	}

	@Test
	void equalAuthoritiesOfPlainValues() {
		OAuth2AuthenticationToken login = decoded(new OAuth2UserAuthority(user(5L)), new OAuth2UserAuthority(user(5L)));
		assertThat(ofLogin(login)).isSameAs(ofPrincipal(login));
	}

	@Test
	void noAuthoritiesThatDiffer() {
		Map<String, Object> otherOrder = new LinkedHashMap<>();
		List<String> names = new ArrayList<>(user(5).keySet());
		names.sort(null);
		names.forEach((name) -> otherOrder.put(name, user(5).get(name)));
		OAuth2UserAuthority authority = new OAuth2UserAuthority(user(5));
		List.of(new OAuth2UserAuthority(user(6)), new OAuth2UserAuthority(user(5L)),
				new OAuth2UserAuthority("OTHER", user(5)), new OAuth2UserAuthority(user(5), "id"),
				new OAuth2UserAuthority(otherOrder))
			.forEach((other) -> {
				OAuth2AuthenticationToken login = decoded(authority, other);
				assertThat(ofLogin(login)).usingRecursiveComparison().isEqualTo(other);
				assertThat(ofPrincipal(login)).usingRecursiveComparison().isEqualTo(authority);
				assertThat(ofLogin(login)).isNotSameAs(ofPrincipal(login));
			});
	}

	@Test
	void noAuthoritiesThatCanBeChanged() {
		OAuth2UserAuthority authority = new OAuth2UserAuthority(user(new ArrayList<>(List.of("a"))));
		OAuth2AuthenticationToken login = decoded(authority, authority);
		assertThat(ofLogin(login)).isEqualTo(ofPrincipal(login)).isNotSameAs(ofPrincipal(login));
	}

	@Test
	void nothingOfTwoTexts() {
		OAuth2UserAuthority authority = new OAuth2UserAuthority(user("same"));
		assertThat(ofLogin(decoded(authority, authority))).isNotSameAs(ofLogin(decoded(authority, authority)));
	}

}
