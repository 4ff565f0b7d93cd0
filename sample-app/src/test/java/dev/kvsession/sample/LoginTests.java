package dev.kvsession.sample;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.kvsession.sample.github.DemoUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Login as a browser sees it.
 */
class LoginTests {

	private static final String SEVEN_DAYS = "Max-Age=604800";

	private static final String THIRTY_DAYS = "Max-Age=2592000";

	private final HttpBrowser browser = new HttpBrowser(SampleStack.shared().uri());

	@Test
	void leadsToTheProtectedPage() {
		HttpResponse<String> callback = this.browser.logIn(DemoUser.OCTOCAT, "");
		assertThat(HttpBrowser.location(callback)).endsWith("/me");
		HttpResponse<String> page = this.browser.get("/me");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains(">octocat<", ">583231<", "7 days", "/avatars/octocat.svg");
		assertThat(this.browser.get("/").body()).contains("Hello, octocat").doesNotContain("Continue with GitHub");
	}

	@Test
	void setsACookieForSevenDaysThatScriptsAndOtherSitesDoNotGet() {
		HttpResponse<String> callback = this.browser.logIn(DemoUser.OCTOCAT, "");
		assertThat(HttpBrowser.setCookies(callback, "SESSION")).singleElement()
			.asString()
			.contains(SEVEN_DAYS, "HttpOnly", "SameSite=Lax", "Path=/")
			.doesNotContain("Secure");
	}

	@Test
	void rememberedLastsThirtyDaysInCookieAndSession() {
		HttpResponse<String> callback = this.browser.logIn(DemoUser.OCTOCAT, "?remember=true");
		assertThat(HttpBrowser.setCookies(callback, "SESSION")).singleElement().asString().contains(THIRTY_DAYS);
		assertThat(this.browser.get("/me").body()).contains("30 days");
	}

	@Test
	void theCallbackCannotAskForThirtyDays() {
		String callback = this.browser.callbackOf(Map.of("user", "octocat"), "");
		HttpResponse<String> response = this.browser.get(callback + "&remember=true");
		assertThat(HttpBrowser.setCookies(response, "SESSION")).singleElement().asString().contains(SEVEN_DAYS);
	}

	@Test
	void changesTheSessionId() {
		String callback = this.browser.callbackOf(Map.of("user", "octocat"), "");
		String before = this.browser.cookie("SESSION").orElseThrow().getValue();
		this.browser.get(callback);
		assertThat(this.browser.cookie("SESSION").orElseThrow().getValue()).isNotEqualTo(before);
	}

	@Test
	void theApiTellsTheSameAsThePageAndNoSecret() {
		this.browser.logIn(DemoUser.ADA, "");
		HttpResponse<String> response = this.browser.get("/api/me");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.body()).contains("\"userId\":\"5550123456\"", "\"githubUsername\":\"ada\"",
				"\"createdAt\":", "\"lastSeenAt\":", "\"expiresAt\":");
		assertThat(response.body()).doesNotContain(this.browser.cookie("SESSION").orElseThrow().getValue())
			.doesNotContain("gho_");
	}

	@Test
	void anUnknownPageIsFriendly() {
		this.browser.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> response = this.browser.get("/no-such-page");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("There is nothing here").doesNotContain("Whitelabel");
	}

}
