package dev.kvsession.sample.github;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * What an app asks of the authorize page.
 */
record AuthorizationRequest(String clientId, String redirectUri, String state, String challenge) {

	private static final String CALLBACK_PATH = "/login/oauth2/code/github";

	static AuthorizationRequest of(Map<String, String> parameters) {
		return new AuthorizationRequest(parameters.getOrDefault("client_id", ""),
				parameters.getOrDefault("redirect_uri", ""), parameters.getOrDefault("state", ""),
				parameters.getOrDefault("code_challenge", ""));
	}

	/** What is wrong with the request, if anything is; then nobody may be redirected. */
	Optional<String> problem(String registeredClientId) {
		if (!registeredClientId.equals(this.clientId)) {
			return Optional.of("The client id is not registered here.");
		}
		if (!isCallback(this.redirectUri)) {
			return Optional.of("The redirect_uri is not associated with this application.");
		}
		return this.state.isEmpty() ? Optional.of("The state is missing.") : Optional.empty();
	}

	String withCode(String code) {
		return callback().queryParam("code", code).queryParam("state", this.state).encode().toUriString();
	}

	String withDenial() {
		return callback().queryParam("error", "access_denied")
			.queryParam("error_description", "The user has denied your application access.")
			.queryParam("state", this.state)
			.encode()
			.toUriString();
	}

	private UriComponentsBuilder callback() {
		return UriComponentsBuilder.fromUriString(this.redirectUri);
	}

	/** As GitHub does, lets a loopback address have any port. */
	private static boolean isCallback(String redirectUri) {
		try {
			URI uri = URI.create(redirectUri);
			return "http".equals(uri.getScheme())
					&& ("localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost()))
					&& CALLBACK_PATH.equals(uri.getPath());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
