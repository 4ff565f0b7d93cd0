package dev.kvsession.session.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kvsession.client.KvException;

/**
 * Answers 503: the session exists, but cannot be read or saved now. Writes the body
 * itself, because an ERROR dispatch would run the security filters without a session and
 * send the user to the login page.
 */
final class RetryLaterHandler implements SessionUnavailableHandler {

	private static final String TEXT = "Your session cannot be read or saved right now. Nothing is wrong with it; "
			+ "please try again in a moment.";

	/** For permanent failures. */
	private static final String REFUSED = "We cannot sign you in at the moment. Something has to be put right on our "
			+ "side first; your data is safe. Please try again later.";

	private static final String HTML = """
			<!doctype html><html lang="en"><head><meta charset="utf-8">\
			<meta name="viewport" content="width=device-width, initial-scale=1">\
			<title>%1$s</title></head>\
			<body style="font-family: system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1rem">\
			<h1>%1$s</h1><p>%2$s</p></body></html>
			""";

	private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
			+ "\"detail\":\"%2$s\"}";

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, KvException failure)
			throws IOException {
		response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		response.setHeader("Retry-After", Long.toString(Math.max(1, failure.retryAfter().toSeconds())));
		String accept = request.getHeader("Accept");
		boolean html = accept != null && accept.contains("text/html");
		response.setContentType(html ? "text/html;charset=UTF-8" : "application/problem+json");
		boolean passes = !failure.needsCorrection();
		write(response, (html ? HTML : PROBLEM).formatted(passes ? "Try again in a moment" : "Try again later",
				passes ? TEXT : REFUSED));
	}

	/**
	 * A response that another filter has wrapped may remember that the application took
	 * its writer. The text is ASCII, so the writer's encoding does not matter.
	 */
	private static void write(HttpServletResponse response, String text) throws IOException {
		try {
			response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IllegalStateException ex) {
			response.getWriter().write(text);
		}
	}

}
