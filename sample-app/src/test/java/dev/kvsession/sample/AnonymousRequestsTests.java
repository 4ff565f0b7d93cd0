package dev.kvsession.sample;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What strangers get, and that it costs neither a session nor a call to KV.
 */
@DisplayName("P2 Free strangers, P13 Quiet start")
class AnonymousRequestsTests {

	private static SampleStack stack;

	private HttpBrowser browser;

	@BeforeAll
	static void start() {
		stack = SampleStack.start("--server.port=0");
	}

	@BeforeEach
	void visit() {
		this.browser = new HttpBrowser(stack.uri());
	}

	/** Counted from the start of the app: that makes no call either. */
	@AfterEach
	void nothingWasAskedOfKv() {
		assertThat(stack.kv().log().count()).isZero();
	}

	@AfterAll
	static void stop() {
		stack.close();
	}

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

	@ParameterizedTest
	@ValueSource(strings = { "forged", "Li4vLi4vc2Vzc2lvbg==", "%00", "session:*", "'; DROP TABLE sessions" })
	void aForgedCookieIsNobody(String value) {
		this.browser.take(new HttpCookie("SESSION", value));
		assertThat(this.browser.get("/api/me").statusCode()).isEqualTo(401);
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
