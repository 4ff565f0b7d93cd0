package dev.kvsession.sample;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What strangers get, and that it costs no session.
 */
class AnonymousRequestsTests {

	private final HttpBrowser browser = new HttpBrowser(SampleStack.shared().uri());

	@ParameterizedTest
	@CsvSource({ "/, 200", "/css/sample.css, 200", "/favicon.svg, 200", "/?signed-out, 200",
			"/login/failed?reason=denied, 403", "/login/failed?reason=%3Cscript%3E, 502" })
	void publicPagesCreateNoSession(String path, int status) {
		HttpResponse<String> response = this.browser.get(path);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/wp-login.php", "/.env", "/.git/config", "/actuator/env", "/error", "/logout", "/login",
			"/oauth2/authorization", "/oauth2/authorization/gitlab", "/login/oauth2/code" })
	void scannersAreSentAwayWithoutAnyCookie(String path) {
		HttpResponse<String> response = this.browser.get(path);
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(HttpBrowser.location(response)).endsWith("/?sign-in");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/wp-login.php", "/logout", "/xmlrpc.php" })
	void aPostWithoutCsrfTokenIsForbiddenAndCreatesNoSession(String path) {
		HttpResponse<String> response = this.browser.post(path, Map.of("log", "admin", "pwd", "admin"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("That was not allowed").doesNotContain("Exception");
		assertThat(HttpBrowser.setCookies(response, "SESSION")).isEmpty();
	}

	@Test
	void theProtectedPageRemembersWhereToGoInACookieNotInASession() {
		HttpResponse<String> response = this.browser.get("/me");
		assertThat(HttpBrowser.location(response)).endsWith("/?sign-in");
		assertThat(HttpBrowser.setCookies(response, "SESSION")).isEmpty();
		assertThat(HttpBrowser.setCookies(response, "REDIRECT_URI")).singleElement()
			.asString()
			.contains("HttpOnly", "SameSite=Lax");
		assertThat(this.browser.get("/?sign-in").body()).contains("Please log in to see that page.");
	}

	@Test
	void theApiAnswersWithAProblemInsteadOfARedirect() {
		HttpResponse<String> response = this.browser.get("/api/me");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"status\":401", "\"title\":\"Unauthorized\"");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	void pagesLoadNothingFromElsewhere() {
		HttpResponse<String> response = this.browser.get("/");
		assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'none'");
		assertThat(response.body()).doesNotContain("https://").doesNotContain("<script");
	}

	@Test
	void theStartPageShowsNoNoticeWithoutReason() {
		assertThat(this.browser.get("/").body()).doesNotContain("class=\"note\"");
	}

}
