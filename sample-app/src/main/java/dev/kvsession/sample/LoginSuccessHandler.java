package dev.kvsession.sample;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Writes who logged in into the session, and how long it is to live, before the browser
 * goes on to the page it came for. Safe for concurrent use.
 */
final class LoginSuccessHandler extends SavedRequestAwareAuthenticationSuccessHandler {

	private final RequestCache cameFor;

	LoginSuccessHandler(RequestCache cameFor) {
		this.cameFor = cameFor;
		setRequestCache(cameFor);
		setDefaultTargetUrl("/me");
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException, ServletException {
		HttpSession session = request.getSession();
		if (authentication.getPrincipal() instanceof OAuth2User user) {
			GitHubUser gitHubUser = GitHubUser.of(user);
			session.setAttribute(GitHubUser.USER_ID, gitHubUser.userId());
			session.setAttribute(GitHubUser.USERNAME, gitHubUser.username());
		}
		if (RememberMe.isWanted(request)) {
			session.setMaxInactiveInterval(Math.toIntExact(RememberMe.LIFETIME.toSeconds()));
		}
		// What this request says is still read. A page at the edge never asks for the
		// removal.
		this.cameFor.removeRequest(request, response);
		super.onAuthenticationSuccess(request, response, authentication);
	}

}
