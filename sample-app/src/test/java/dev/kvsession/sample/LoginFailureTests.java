package dev.kvsession.sample;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.kvsession.sample.github.DemoUser;
import dev.kvsession.sample.github.GitHubStandIn;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins that come to nothing: a page that says why, and no session left.
 */
class LoginFailureTests {

	private static final Map<String, String> OCTOCAT = Map.of("user", "octocat");

	private final GitHubStandIn github = SampleStack.shared().github();

	private final HttpBrowser browser = new HttpBrowser(SampleStack.shared().uri());

	@AfterEach
	void restoreGitHub() {
		this.github.answerTokenRequestsWith(200);
	}

	@Test
	void denied() {
		HttpResponse<String> callback = this.browser
			.get(this.browser.callbackOf(Map.of("deny", "true"), "?remember=true"));
		assertFails(callback, "denied", 403, "You did not let us in");
	}

	@Test
	void wrongState() {
		String callback = this.browser.callbackOf(OCTOCAT, "");
		assertFails(this.browser.get(callback.replaceFirst("state=[^&]+", "state=forged")), "expired", 400,
				"This login is no longer valid");
	}

	@Test
	void callbackWithoutALogin() {
		HttpResponse<String> callback = this.browser.get("/login/oauth2/code/github?code=forged&state=forged");
		assertThat(callback.headers().allValues("Set-Cookie")).isEmpty();
		assertFails(callback, "expired", 400, "This login is no longer valid");
	}

	@Test
	void tokenEndpointFails() {
		this.github.answerTokenRequestsWith(500);
		HttpResponse<String> callback = this.browser.logIn(DemoUser.OCTOCAT, "");
		assertFails(callback, "unavailable", 502, "GitHub did not answer as it should");
	}

	@Test
	void aCodeIsGoodForOneLogin() {
		String callback = this.browser.callbackOf(OCTOCAT, "");
		String code = callback.replaceFirst(".*code=([^&]+).*", "$1");
		this.browser.get(callback);
		HttpBrowser thief = new HttpBrowser(SampleStack.shared().uri());
		String own = thief.callbackOf(OCTOCAT, "");
		HttpResponse<String> response = thief.get(own.replaceFirst("code=[^&]+", "code=" + code));
		assertThat(HttpBrowser.location(response)).endsWith("reason=unavailable");
	}

	@Test
	void aFailedSecondLoginLeavesTheFirst() {
		this.browser.logIn(DemoUser.OCTOCAT, "");
		this.browser.get(this.browser.callbackOf(Map.of("deny", "true"), ""));
		assertThat(this.browser.get("/me").body()).contains("octocat");
	}

	private void assertFails(HttpResponse<String> callback, String reason, int status, String title) {
		assertThat(HttpBrowser.location(callback)).endsWith("/login/failed?reason=" + reason);
		HttpResponse<String> page = this.browser.get(HttpBrowser.location(callback));
		assertThat(page.statusCode()).isEqualTo(status);
		assertThat(page.body()).contains(title).doesNotContain("Exception");
		assertThat(this.browser.cookie("SESSION")).isEmpty();
	}

}
