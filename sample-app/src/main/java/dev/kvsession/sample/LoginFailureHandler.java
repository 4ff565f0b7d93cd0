package dev.kvsession.sample;

import java.io.IOException;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Sends the browser of a failed login to a page that says why, and ends the session that
 * the login had begun, so that no failure leaves anything in KV. Safe for concurrent use.
 */
final class LoginFailureHandler implements AuthenticationFailureHandler {

	/** Address of the page; its parameter {@code reason} is a {@link LoginFailure}. */
	static final String PAGE = "/login/failed";

	private static final Logger logger = LoggerFactory.getLogger(LoginFailureHandler.class);

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		endUnlessLoggedIn(request);
		LoginFailure reason = LoginFailure.of(failure);
		if (reason == LoginFailure.UNAVAILABLE) {
			logger.warn("GitHub could not complete a login: {}", codeOf(failure));
		}
		response.sendRedirect(request.getContextPath() + PAGE + "?reason=" + reason.name().toLowerCase(Locale.ROOT));
	}

	private static void endUnlessLoggedIn(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		String context = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
		if (session != null && session.getAttribute(context) == null) {
			session.invalidate();
		}
	}

	// The code only: the description is foreign text, and may quote a request.
	private static String codeOf(AuthenticationException failure) {
		return (failure instanceof OAuth2AuthenticationException oauth) ? oauth.getError().getErrorCode()
				: failure.getClass().getSimpleName();
	}

}
