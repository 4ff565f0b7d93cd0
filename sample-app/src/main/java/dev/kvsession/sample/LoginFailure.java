package dev.kvsession.sample;

import java.util.Set;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * Why a login failed, as far as the person in front of it can do something about it.
 */
enum LoginFailure {

	/** The person said no on GitHub's page. */
	DENIED(HttpStatus.FORBIDDEN, "You did not let us in",
			"GitHub told us that you declined. Nothing was stored. You can try again whenever you like."),

	/** State or session do not match: too old, opened twice, or forged. */
	EXPIRED(HttpStatus.BAD_REQUEST, "This login is no longer valid",
			"It was left open too long, or finished in another tab. Please start again."),

	/** GitHub, or the way to it, failed. */
	UNAVAILABLE(HttpStatus.BAD_GATEWAY, "GitHub did not answer as it should",
			"We could not finish your login. This is usually over in a moment. Please try again.");

	/**
	 * Error codes of Spring's login filter and provider for a callback without a match.
	 */
	private static final Set<String> NO_MATCH = Set.of("authorization_request_not_found", "invalid_state_parameter");

	private final HttpStatus status;

	private final String title;

	private final String advice;

	LoginFailure(HttpStatus status, String title, String advice) {
		this.status = status;
		this.title = title;
		this.advice = advice;
	}

	HttpStatus status() {
		return this.status;
	}

	String title() {
		return this.title;
	}

	String advice() {
		return this.advice;
	}

	static LoginFailure of(AuthenticationException failure) {
		if (!(failure instanceof OAuth2AuthenticationException oauth)) {
			return UNAVAILABLE;
		}
		String code = oauth.getError().getErrorCode();
		if (OAuth2ErrorCodes.ACCESS_DENIED.equals(code)) {
			return DENIED;
		}
		return NO_MATCH.contains(code) ? EXPIRED : UNAVAILABLE;
	}

}
