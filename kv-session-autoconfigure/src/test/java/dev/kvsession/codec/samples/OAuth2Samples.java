package dev.kvsession.codec.samples;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;

/**
 * What a login with GitHub keeps in sessions.
 */
public final class OAuth2Samples {

	private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000, 123_456_789);

	private OAuth2Samples() {
	}

	public static Stream<Sample> all() {
		OAuth2AuthorizedClient client = new OAuth2AuthorizedClient(registration(), "583231", accessToken(),
				new OAuth2RefreshToken("ghr_1", NOW, NOW.plusSeconds(9)));
		OAuth2Error error = new OAuth2Error("access_denied", "The user said no", "https://docs.github.com/x");
		return Stream.of(Sample.json("github user map", githubUser()), Sample.json("github login", githubContext()),
				Sample.json("plain github login", plainContext()),
				Sample.json("github login with factor",
						githubContext(FactorGrantedAuthority.fromAuthority("FACTOR_X"))),
				Sample.json("authorization request", authorizationRequest()), Sample.json("authorized client", client),
				Sample.json("authorized clients", Map.of("github", client)), Sample.json("access token", accessToken()),
				Sample.json("client registration", registration()), Sample.json("oauth2 error", error),
				Sample.json("oauth2 exception", new OAuth2AuthenticationException(error, "denied")),
				Sample.json("oauth2 principal",
						new DefaultOAuth2AuthenticatedPrincipal("n", Map.of("a", 1L), SecuritySamples.AUTHORITIES)));
	}

	static Map<String, Object> githubUser() {
		Map<String, Object> user = new LinkedHashMap<>();
		user.put("login", "octocat");
		user.put("id", 5_832_310_000L);
		user.put("followers", 20);
		user.put("email", null);
		user.put("site_admin", false);
		user.put("html_url", "https://github.com/octocat");
		user.put("blog", URI.create("https://kv-session.invalid"));
		user.put("plan", plan());
		user.put("orgs", Arrays.asList("a", null));
		user.put("#mark", "##");
		user.put("@class", "java.io.File");
		return user;
	}

	private static Map<String, Object> plan() {
		Map<String, Object> plan = new LinkedHashMap<>();
		plan.put("name", "Medium");
		plan.put("space", 400L);
		plan.put("seats", List.of(1, 2));
		return plan;
	}

	/**
	 * Returns a login with as many fields as GitHub returns, all of them plain values.
	 * @return the context
	 */
	public static SecurityContextImpl plainContext() {
		String url = "https://api.github.com/users/octocat-1234567";
		Map<String, Object> user = new LinkedHashMap<>();
		user.put("login", "octocat-1234567");
		user.put("id", 1_234_567);
		user.put("site_admin", false);
		user.put("email", null);
		user.put("html_url", url);
		List.of("followers", "following", "gists", "starred", "subscriptions", "orgs", "repos", "events")
			.forEach((link) -> user.put(link + "_url", url + "/" + link));
		List.of("name", "company", "blog", "location", "bio", "type", "node_id", "created_at", "updated_at")
			.forEach((field) -> user.put(field, "The Octocat's " + field));
		List.of("public_repos", "public_gists", "following", "followers")
			.forEach((field) -> user.put(field, 1000 + field.length()));
		return context(user);
	}

	public static SecurityContextImpl githubContext(GrantedAuthority... more) {
		return context(githubUser(), more);
	}

	static SecurityContextImpl context(Map<String, Object> attributes, GrantedAuthority... more) {
		List<GrantedAuthority> authorities = new java.util.ArrayList<>(List.of(more));
		authorities.add(new OAuth2UserAuthority(attributes));
		return new SecurityContextImpl(new OAuth2AuthenticationToken(
				new DefaultOAuth2User(authorities, attributes, "id"), authorities, "github"));
	}

	private static OAuth2AccessToken accessToken() {
		return new OAuth2AccessToken(TokenType.BEARER, "gho_1", NOW, NOW.plusSeconds(3600),
				Set.of("read:user", "user:email"));
	}

	private static OAuth2AuthorizationRequest authorizationRequest() {
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://github.com/login/oauth/authorize")
			.clientId("id")
			.redirectUri("https://example.com/login/oauth2/code/github")
			.scopes(Set.of("read:user"))
			.state("s=")
			.additionalParameters(Map.of("code_challenge", "c", "code_challenge_method", "S256"))
			.attributes(Map.of("registration_id", "github", "code_verifier", "v", "keep", 5L))
			.build();
	}

	static ClientRegistration registration() {
		return ClientRegistration.withRegistrationId("github")
			.clientId("id")
			.clientSecret("s")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.scope("read:user")
			.authorizationUri("https://github.com/login/oauth/authorize")
			.tokenUri("https://github.com/login/oauth/access_token")
			.userInfoUri("https://api.github.com/user")
			.userNameAttributeName("id")
			.build();
	}

}
