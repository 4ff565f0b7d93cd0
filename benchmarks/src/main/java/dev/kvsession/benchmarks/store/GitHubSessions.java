package dev.kvsession.benchmarks.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions as a login with GitHub leaves them: the fields are those of GitHub's answer to
 * {@code GET /user} (docs.github.com/rest/users, read 2026-11).
 */
public final class GitHubSessions {

	/**
	 * The attribute in which Spring Security keeps its context.
	 */
	public static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	private static final String API = "https://api.github.com/users/octocat-";

	private static final List<String> LINKS = List.of("followers", "following", "gists", "starred", "subscriptions",
			"orgs", "repos", "events", "received_events");

	private GitHubSessions() {
	}

	/**
	 * Makes what a login leaves in the session.
	 * @param user the user's number
	 * @return the security context
	 */
	public static SecurityContext context(int user) {
		Map<String, Object> attributes = attributes(user);
		List<GrantedAuthority> authorities = List.of(new OAuth2UserAuthority(attributes),
				new SimpleGrantedAuthority("SCOPE_read:user"));
		DefaultOAuth2User principal = new DefaultOAuth2User(authorities, attributes, "id");
		return new SecurityContextImpl(new OAuth2AuthenticationToken(principal, authorities, "github"));
	}

	private static Map<String, Object> attributes(int user) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("login", "octocat-" + user);
		all.put("id", 583_231 + user);
		all.put("node_id", "MDQ6VXNlcjU4MzIzMQ" + user);
		all.put("avatar_url", "https://avatars.githubusercontent.com/u/" + user + "?v=4");
		all.put("url", API + user);
		all.put("html_url", "https://github.com/octocat-" + user);
		LINKS.forEach((link) -> all.put(link + "_url", API + user + "/" + link));
		all.put("type", "User");
		all.put("site_admin", false);
		all.put("name", "The Octocat " + user);
		all.put("company", "@github");
		all.put("blog", "https://github.blog");
		all.put("location", "San Francisco");
		all.put("email", "octocat-" + user + "@example.org");
		all.put("bio", "Likes mascots, merges and migrations");
		all.put("public_repos", user % 100);
		all.put("public_gists", user % 10);
		all.put("followers", user % 1000);
		all.put("following", user % 50);
		all.put("created_at", "2011-01-25T18:44:36Z");
		all.put("updated_at", "2026-11-01T12:00:00Z");
		return all;
	}

	/**
	 * Saves a session with a login.
	 * @param <S> the store's kind of session
	 * @param repository where
	 * @param user the user's number
	 * @return the session's id
	 */
	public static <S extends Session> String login(SessionRepository<S> repository, int user) {
		S session = repository.createSession();
		session.setAttribute(CONTEXT, context(user));
		session.setLastAccessedTime(Instant.now());
		repository.save(session);
		return session.getId();
	}

}
