package dev.kvsession.session.vector;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

import dev.kvsession.codec.samples.OAuth2Samples;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.SecurityContexts;

/**
 * Records of logins, and their claims.
 */
final class VectorLogins {

	private VectorLogins() {
	}

	static Stream<Vector> all() {
		return Stream.of(users(), claims()).flatMap((vectors) -> vectors);
	}

	private static Stream<Vector> users() {
		DefaultOAuth2User user = new DefaultOAuth2User(List.of(), Map.of("email", "zo\u00EB@example.com"), "email");
		OAuth2AuthenticationToken email = new OAuth2AuthenticationToken(user, List.of(), "github");
		return Stream.of(login("GitHub", OAuth2Samples.githubContext(), Map.of("userId", "5832310000")),
				login("a user with an address", new SecurityContextImpl(email), ordered((claims) -> {
					claims.put("userId", "zo\u00EB@example.com");
					claims.put("email", "zo\u00EB@example.com");
				})), login("form", form("zo\u00EB \uD83D\uDE00"), Map.of("userId", "zo\u00EB \uD83D\uDE00")),
				login("a user without a name", form(""), Map.of("userId", "")), loggedOut());
	}

	private static Stream<Vector> claims() {
		Map<String, Object> numbers = ordered((claims) -> {
			claims.put("largest", 9_007_199_254_740_991L);
			claims.put("negative", -5);
			claims.put("fraction", 0.5);
			claims.put("small", 1e-7);
			claims.put("huge", 1e21);
		});
		Map<String, Object> others = ordered((claims) -> {
			claims.put("userId", "583231");
			claims.put("nothing", null);
			claims.put("yes", true);
			claims.put("list", List.of("user", Map.of("deep", List.of(1, List.of())), ""));
			claims.put("map", Map.of("in", Map.of("in", Map.of())));
			claims.put("text", "\u00E9 \uD83D\uDE00 \u2028 \" \\ \0 \n </script> \uD83D");
			claims.put("\u00E9 \uD83D\uDE00 \"", "name");
		});
		Map<String, Object> names = ordered((claims) -> {
			claims.put("__proto__", "a");
			claims.put("constructor", "b");
			claims.put("toString", "c");
			claims.put("0", "d");
			claims.put("", "e");
		});
		return Stream.of(claims("claims that are numbers", numbers), claims("claims of other kinds", others),
				claims("claims with names that JavaScript knows", names),
				claims("a user id that is a number", Map.of("userId", 583_231)), claims("no claims", Map.of()));
	}

	/*
	 * The login ends, the session goes on.
	 */
	private static Vector loggedOut() {
		VectorWriter writer = VectorWriter.of((repository) -> {
		});
		String id = writer.app.login((session) -> session.setAttribute(SecurityContexts.ATTRIBUTE, form("octocat")));
		writer.world.pass(Duration.ofMinutes(1));
		writer.app.request(id, (session) -> session.removeAttribute(SecurityContexts.ATTRIBUTE));
		return writer.good("a user who has left a session that goes on", id, Map.of());
	}

	private static Vector claims(String name, Map<String, Object> claims) {
		return login(name, form("octocat"), claims, (repository) -> repository.setSessionClaims((user) -> claims));
	}

	private static Vector login(String name, SecurityContextImpl context, Map<String, Object> claims) {
		return login(name, context, claims, (repository) -> {
		});
	}

	private static Vector login(String name, SecurityContextImpl context, Map<String, Object> claims,
			Consumer<KvSessionRepository> setup) {
		VectorWriter writer = VectorWriter.of(setup);
		String id = writer.app.login((session) -> session.setAttribute(SecurityContexts.ATTRIBUTE, context));
		return writer.good(name, id, claims);
	}

	static SecurityContextImpl form(String name) {
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(name, null,
				AuthorityUtils.createAuthorityList("ROLE_USER")));
	}

	private static Map<String, Object> ordered(Consumer<Map<String, Object>> content) {
		Map<String, Object> map = new LinkedHashMap<>();
		content.accept(map);
		return map;
	}

}
