package dev.kvsession.sample;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvPair;
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

	/** Longer than any touch interval. */
	private static final Duration TWO_HOURS = Duration.ofHours(2);

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
	@Timeout(60)
	void visitsAtTheEdgeAloneKeepALogin() {
		this.visitor.logIn(DemoUser.ADA, "");
		HttpCookie cookie = this.visitor.cookie("SESSION").orElseThrow();
		String key = "session:" + new String(Base64.getDecoder().decode(cookie.getValue()), StandardCharsets.US_ASCII);
		long end = lastUsedTwoHoursAgo(key);
		this.app.stop();
		this.app.start();
		HttpBrowser browser = edgeBrowser();
		browser.take(cookie);
		List<String> renewedCookies = new ArrayList<>();
		while (renewedCookies.isEmpty() || record(key).get("expiresAt").asLong() <= end) {
			HttpResponse<String> page = browser.get("/edge");
			assertThat(page.body()).contains("Hello ada");
			renewedCookies.addAll(HttpBrowser.setCookies(page, "SESSION"));
		}
		assertThat(record(key).get("expiresAt").asLong() - end).isGreaterThanOrEqualTo(TWO_HOURS.toMillis());
		assertThat(renewedCookies).singleElement()
			.asString()
			.startsWith("SESSION=" + cookie.getValue() + ";")
			.contains("Max-Age=604800");
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

	/** Makes a record older than it is; returns when the session ends now. */
	private long lastUsedTwoHoursAgo(String key) {
		ObjectNode record = (ObjectNode) record(key);
		for (String time : List.of("createdAt", "lastAccessedAt", "expiresAt")) {
			record.put(time, record.get(time).asLong() - TWO_HOURS.toMillis());
		}
		kv().put(new KvPair(key, record.toString(), TWO_HOURS)).toCompletableFuture().join();
		return record.get("expiresAt").asLong();
	}

	private JsonNode record(String key) {
		return JsonMapper.shared().readTree(kv().get(key).toCompletableFuture().join().orElseThrow());
	}

	private KvClient kv() {
		return this.app.context().getBean(KvClient.class);
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
