package dev.kvsession.sample;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.sample.github.DemoUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with its sessions behind the gateway Worker, and the Worker's own answer to
 * who is logged in. On one machine KV has no delay, so what takes a minute and a half in
 * the world is expected at once.
 */
class EdgeAcceptanceTests {

	@RegisterExtension
	static final EdgeSampleExtension sample = new EdgeSampleExtension();

	private final SampleApp app = sample.app();

	private final HttpBrowser visitor = new HttpBrowser(this.app.uri());

	@Test
	void theWorkerAloneKnowsWhoIsLoggedInUntilTheLogout() {
		this.visitor.logIn(DemoUser.ADA, "");
		HttpCookie cookie = this.visitor.cookie("SESSION").orElseThrow();
		this.app.stop();
		try {
			assertThat(atTheEdge(cookie).body()).contains("Hello ada", "5550123456", "ada@example.org");
			assertNobody(edgeBrowser().get("/edge"));
			assertThat(edgeBrowser().get("/").statusCode()).as("no Java is running").isEqualTo(502);
		}
		finally {
			this.app.start();
		}
		this.visitor.logOut();
		assertNobody(atTheEdge(cookie));
	}

	@ParameterizedTest
	@ValueSource(strings = { "forged", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "session:*", "%00" })
	void aForgedCookieIsNobody(String value) {
		assertNobody(atTheEdge(new HttpCookie("SESSION", value)));
	}

	@Test
	void anIdFromBeforeTheLoginIsNobody() {
		String callback = this.visitor.callbackOf(Map.of("user", DemoUser.OCTOCAT.login()), "");
		HttpCookie before = this.visitor.cookie("SESSION").orElseThrow();
		assertNobody(atTheEdge(before));
		this.visitor.get(callback);
		assertNobody(atTheEdge(before));
		assertThat(atTheEdge(this.visitor.cookie("SESSION").orElseThrow()).statusCode()).isEqualTo(200);
	}

	@Test
	void aLoginSurvivesARestart() {
		this.visitor.logIn(DemoUser.ADA, "");
		this.app.stop();
		this.app.start();
		assertThat(this.visitor.get("/api/me").body()).contains("\"githubUsername\":\"ada\"");
	}

	@Test
	void theWorkerInFrontOfTheAppServesAWholeVisit() {
		HttpBrowser browser = edgeBrowser();
		assertThat(HttpBrowser.location(browser.get("/login?next=%2Fedge"))).isEqualTo(sample.front() + "/?sign-in");
		HttpResponse<String> callback = browser.logIn(DemoUser.OCTOCAT, "");
		assertThat(callback.uri()).hasAuthority(sample.front().getAuthority());
		assertThat(HttpBrowser.location(callback)).isEqualTo(sample.front() + "/edge");
		assertThat(browser.get("/me").body()).contains("octocat");
		assertThat(browser.get("/edge").body()).contains("Hello octocat");
		assertThat(HttpBrowser.location(browser.logOut())).isEqualTo(sample.front() + "/?signed-out");
		assertNobody(browser.get("/edge"));
	}

	private static HttpBrowser edgeBrowser() {
		return new HttpBrowser(sample.front());
	}

	private static HttpResponse<String> atTheEdge(HttpCookie cookie) {
		HttpBrowser browser = edgeBrowser();
		browser.take(cookie);
		return browser.get("/edge");
	}

	private static void assertNobody(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(303);
		assertThat(HttpBrowser.location(response)).isEqualTo("/login?next=%2Fedge");
	}

}
