package dev.kvsession.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Answers programs without login with 401 and a JSON problem (RFC 9457), where a browser
 * would be sent to a page. Safe for concurrent use.
 */
final class ApiEntryPoint implements AuthenticationEntryPoint {

	private static final String PROBLEM = """
			{"type":"about:blank","title":"Unauthorized","status":401,\
			"detail":"Log in with a browser first, and send its session cookie."}""";

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		response.setStatus(HttpStatus.UNAUTHORIZED.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(PROBLEM.getBytes(StandardCharsets.UTF_8));
	}

}
