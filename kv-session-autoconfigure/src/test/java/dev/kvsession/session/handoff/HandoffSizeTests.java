package dev.kvsession.session.handoff;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.session.settings.SecurityContexts;

import static org.assertj.core.api.Assertions.assertThat;

class HandoffSizeTests extends HandoffFixture {

	/**
	 * What GitHub answers to {@code GET /user}, with every field that it documents.
	 */
	private static final String USER = """
			{"login":"octocat","id":583231,"node_id":"MDQ6VXNlcjU4MzIzMQ==",
			"avatar_url":"https://avatars.githubusercontent.com/u/583231?v=4","gravatar_id":"",
			"url":"https://api.github.com/users/octocat","html_url":"https://github.com/octocat",
			"followers_url":"https://api.github.com/users/octocat/followers",
			"following_url":"https://api.github.com/users/octocat/following{/other_user}",
			"gists_url":"https://api.github.com/users/octocat/gists{/gist_id}",
			"starred_url":"https://api.github.com/users/octocat/starred{/owner}{/repo}",
			"subscriptions_url":"https://api.github.com/users/octocat/subscriptions",
			"organizations_url":"https://api.github.com/users/octocat/orgs",
			"repos_url":"https://api.github.com/users/octocat/repos",
			"events_url":"https://api.github.com/users/octocat/events{/privacy}",
			"received_events_url":"https://api.github.com/users/octocat/received_events",
			"type":"User","user_view_type":"private","site_admin":false,"name":"monalisa octocat","company":"GitHub",
			"blog":"https://github.com/blog","location":"San Francisco","email":"octocat@github.com","hireable":false,
			"bio":"There once was...","twitter_username":"monatheoctocat","notification_email":"octocat@github.com",
			"public_repos":2,"public_gists":1,"followers":20,"following":0,
			"created_at":"2008-01-14T04:33:35Z","updated_at":"2008-01-14T04:33:35Z","private_gists":81,
			"total_private_repos":100,"owned_private_repos":100,"disk_usage":10000,"collaborators":8,
			"two_factor_authentication":true,
			"plan":{"name":"Medium","space":400,"private_repos":20,"collaborators":0}}
			""";

	@Test
	void aGitHubLoginFitsTheCookie() throws Exception {
		MockHttpServletResponse response = request(this.first, (request) -> {
			request.getSession().setAttribute(SecurityContexts.ATTRIBUTE, login());
			request.getSession()
				.setAttribute("org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository.CSRF_TOKEN",
						new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "0f9b3f60-61b5-4c8a-9d5e-3c9f5f3e2f5b"));
		});
		assertThat(this.world.truth(id()).length()).isBetween(5000, 8000);
		assertThat(response.getCookie(HANDOFF).getValue().length()).isBetween(1200, 2200);
		assertThat(shown(this.second, SecurityContexts.ATTRIBUTE)).isEqualTo(login());
		assertThat(used(this.second)).isOne();
	}

	private static SecurityContextImpl login() {
		@SuppressWarnings("unchecked")
		Map<String, Object> user = JsonMapper.shared().readValue(USER, Map.class);
		List<GrantedAuthority> authorities = List.of(new OAuth2UserAuthority(user),
				new SimpleGrantedAuthority("SCOPE_read:user"), new SimpleGrantedAuthority("SCOPE_user:email"));
		return new SecurityContextImpl(
				new OAuth2AuthenticationToken(new DefaultOAuth2User(authorities, user, "id"), authorities, "github"));
	}

}
