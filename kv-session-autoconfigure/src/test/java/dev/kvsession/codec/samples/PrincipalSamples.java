package dev.kvsession.codec.samples;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Manager;
import dev.kvsession.codec.shop.Member;
import dev.kvsession.codec.shop.OidcShopper;
import dev.kvsession.codec.shop.ShopDetails;
import dev.kvsession.codec.shop.ShopLogin;
import dev.kvsession.codec.shop.Shopper;
import dev.kvsession.codec.shop.SocialShopper;
import dev.kvsession.codec.shop.Staff;

/**
 * Who may be logged in.
 */
public final class PrincipalSamples {

	private static final Item ITEM = new Item(1L << 40, "tea", new BigDecimal("19.90"), Color.GREEN);

	private static final List<GrantedAuthority> AUTHORITIES = SecuritySamples.AUTHORITIES;

	private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000, 123_456_789);

	private PrincipalSamples() {
	}

	public static Stream<Sample> all() {
		return Stream.of(users(), plain(), oauth2(), tokens()).flatMap((samples) -> samples);
	}

	private static Stream<Sample> users() {
		Shopper shopper = new Shopper(5L, "ada", AUTHORITIES, ITEM).visit();
		Shopper erased = new Shopper(5L, "ada", AUTHORITIES, ITEM);
		erased.eraseCredentials();
		UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.authenticated(erased, null,
				erased.getAuthorities());
		login.setDetails(new ShopDetails(new MockHttpServletRequest()));
		return Stream.concat(
				Stream.of(Sample.json("own details", new SecurityContextImpl(login)),
						Sample.json("own login", new SecurityContextImpl(new ShopLogin(erased, AUTHORITIES)))),
				Stream
					.of(shopper, erased, new Member("login", "shown"),
							Manager.managers().color(Color.RED).build("boss", AUTHORITIES, ITEM),
							new Staff(new UUID(1, 2), "ada", AUTHORITIES, true))
					.flatMap((principal) -> logins(principal.getClass().getSimpleName(), principal)));
	}

	private static Stream<Sample> plain() {
		return Stream.of(5L, 7, new UUID(1, 2), new BigDecimal("1.50"), (short) 3, "ada", ITEM, Color.RED)
			.flatMap((principal) -> logins(principal.getClass().getSimpleName(), principal));
	}

	private static Stream<Sample> logins(String name, Object principal) {
		UsernamePasswordAuthenticationToken waiting = UsernamePasswordAuthenticationToken.unauthenticated(principal,
				7L);
		return Stream
			.<Authentication>of(UsernamePasswordAuthenticationToken.authenticated(principal, "x", AUTHORITIES),
					UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of()), waiting,
					new RememberMeAuthenticationToken("key", principal, AUTHORITIES),
					new AnonymousAuthenticationToken("key", principal, AUTHORITIES),
					new PreAuthenticatedAuthenticationToken(principal, "N/A", AUTHORITIES),
					new OneTimeTokenAuthentication(principal, AUTHORITIES),
					new TestingAuthenticationToken(principal, "x", List.copyOf(AUTHORITIES)))
			.map((login) -> Sample.json(name + " in " + login.getClass().getSimpleName(),
					new SecurityContextImpl(login)));
	}

	private static Stream<Sample> oauth2() {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("login", "octocat");
		attributes.put("credit", new BigDecimal("19.90"));
		attributes.put("email", null);
		SocialShopper social = new SocialShopper(AUTHORITIES, attributes, ITEM);
		OidcIdToken id = new OidcIdToken("t", NOW, NOW.plusSeconds(60), claims());
		OidcShopper oidc = new OidcShopper(AUTHORITIES, id, new OidcUserInfo(Map.of("sub", "s", "name", "Ada")), 5);
		OidcShopper bare = new OidcShopper(AUTHORITIES, id, null, 5);
		return Stream.of(social, oidc, bare)
			.map((user) -> Sample.json("own user of " + user.getClass().getSimpleName(),
					new SecurityContextImpl(new OAuth2AuthenticationToken(user, AUTHORITIES, "github"))));
	}

	private static Map<String, Object> claims() {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("sub", "s");
		claims.put("aud", List.of("a", "b"));
		claims.put("iat", NOW);
		claims.put("exp", NOW.plusSeconds(60));
		claims.put("iss", uri());
		claims.put("nonce", 1L << 40);
		claims.put("rate", new BigDecimal("1.50"));
		claims.put("ratio", 0.1);
		claims.put("realm_access", Map.of("roles", List.of("user", "admin"), "since", NOW));
		claims.put("empty", null);
		return claims;
	}

	private static Object uri() {
		try {
			return URI.create("https://kv-session.invalid/realms/shop").toURL();
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<Sample> tokens() {
		Jwt jwt = new Jwt("e.y.s", NOW, NOW.plusSeconds(60), Map.of("alg", "RS256", "crit", List.of("b64")), claims());
		OAuth2AccessToken access = new OAuth2AccessToken(TokenType.BEARER, "opaque", NOW, NOW.plusSeconds(60),
				java.util.Set.of("read"));
		OAuth2AuthenticatedPrincipal principal = new DefaultOAuth2AuthenticatedPrincipal("ada", claims(), AUTHORITIES);
		JwtAuthenticationToken login = new JwtAuthenticationToken(jwt, AUTHORITIES, "ada");
		login.setDetails(new ShopDetails(new MockHttpServletRequest()));
		return Stream.of(Sample.json("jwt", jwt), Sample.json("jwt login", new SecurityContextImpl(login)),
				Sample.json("jwt login without name", new JwtAuthenticationToken(jwt)),
				Sample.json("jwt login without authorities", new JwtAuthenticationToken(jwt, List.of())),
				Sample.json("bearer login",
						new SecurityContextImpl(new BearerTokenAuthentication(principal, access, AUTHORITIES))),
				Sample.json("introspected login",
						new SecurityContextImpl(new BearerTokenAuthentication(
								new OAuth2IntrospectionAuthenticatedPrincipal("ada", claims(), AUTHORITIES), access,
								AUTHORITIES))),
				Sample.json("bearer token", new BearerTokenAuthenticationToken("opaque")));
	}

}
