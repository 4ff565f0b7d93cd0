package dev.kvsession.sample;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * What the sample knows of somebody from GitHub's user endpoint. Immutable.
 *
 * @param userId GitHub's number for the account, which a change of name leaves as it is
 * @param username GitHub's {@code login}
 * @param email the public address, or {@code null} if GitHub shows none
 * @param avatarUrl the picture's address, or {@code null} if GitHub shows none
 */
record GitHubUser(String userId, String username, @Nullable String email, @Nullable String avatarUrl) {

	/** Session attribute and claim that holds {@link #userId()}. */
	static final String USER_ID = "userId";

	/** Session attribute and claim that holds {@link #username()}. */
	static final String USERNAME = "githubUsername";

	static GitHubUser of(OAuth2User user) {
		String login = user.getAttribute("login");
		return new GitHubUser(user.getName(), (login != null) ? login : user.getName(), user.getAttribute("email"),
				user.getAttribute("avatar_url"));
	}

}
