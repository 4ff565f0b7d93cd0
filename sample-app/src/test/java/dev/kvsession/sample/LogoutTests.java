package dev.kvsession.sample;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.kvsession.sample.github.DemoUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logout ends the session and takes its cookie.
 */
class LogoutTests {

	private final HttpBrowser browser = new HttpBrowser(SampleStack.shared().uri());

	@BeforeEach
	void logIn() {
		this.browser.logIn(DemoUser.OCTOCAT, "");
	}

	@Test
	void endsTheSession() {
		HttpCookie stolen = this.browser.cookie("SESSION").orElseThrow();
		HttpResponse<String> response = this.browser.logOut();
		assertThat(HttpBrowser.location(response)).endsWith("/?signed-out");
		assertThat(HttpBrowser.setCookies(response, "SESSION")).singleElement().asString().contains("Max-Age=0");
		assertThat(this.browser.get("/?signed-out").body()).contains("You are logged out");
		HttpBrowser thief = new HttpBrowser(SampleStack.shared().uri());
		thief.take(stolen);
		assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
	}

	@Test
	void needsTheCsrfToken() {
		assertThat(this.browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
		assertThat(this.browser.get("/api/me").statusCode()).isEqualTo(200);
	}

	@Test
	void byGetIsNoLogout() {
		assertThat(this.browser.get("/logout").statusCode()).isEqualTo(404);
		assertThat(this.browser.get("/api/me").statusCode()).isEqualTo(200);
	}

}
