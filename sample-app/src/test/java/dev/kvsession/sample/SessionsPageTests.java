package dev.kvsession.sample;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.sample.github.DemoUser;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that lists a user's sessions, and signs them out.
 */
class SessionsPageTests {

	private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

	private static final String SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
			+ " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

	private static final String PAGE = "/sessions";

	private static final String SIGN_OUT = "/sessions/sign-out";

	private static final String SIGN_OUT_OTHERS = "/sessions/sign-out-others";

	private static final String HANDLE = "handle";

	private final SampleStack stack = SampleStack.start("--server.port=0");

	private final HttpBrowser desk = browser(FIREFOX);

	private final HttpBrowser phone = browser(SAFARI);

	@AfterEach
	void stop() {
		this.stack.close();
	}

	@Test
	void listsTheUsersSessionsAndMarksThisOne() {
		this.phone.with("CF-IPCountry", "NZ").logIn(DemoUser.OCTOCAT, "");
		this.desk.logIn(DemoUser.OCTOCAT, "");
		browser(FIREFOX).logIn(DemoUser.ADA, "");
		String page = this.desk.get(PAGE).body();
		assertThat(page).containsSubsequence("Firefox on Linux", "This device", "Safari on iPhone", "New Zealand",
				"Sign out</button>", "Sign out everywhere else</button>");
		assertThat(page).containsOnlyOnce("This device")
			.containsOnlyOnce("Sign out</button>")
			.containsOnlyOnce("Firefox on Linux")
			.doesNotContain(id(this.desk), id(this.phone), UserSession.handleOf(id(this.desk)));
		assertThat(this.desk.get("/me").body()).contains("href=\"/sessions\"");
	}

	@ParameterizedTest
	@CsvSource({ "curl/8.5.0, XX", "Java, T1", "<b>Linux</b>, <i>", "Java, de" })
	void saysNothingOfABrowserOrCountryThatItDoesNotKnow(String browser, String country) {
		HttpBrowser visitor = browser(browser).with("CF-IPCountry", country);
		visitor.logIn(DemoUser.ADA, "");
		assertThat(visitor.get(PAGE).body()).contains("Unknown browser").doesNotContain("Logged in from", "<b>", "<i>");
	}

	@Test
	@DisplayName("P5 the page signs out one other session")
	void signsOutOne() {
		this.phone.logIn(DemoUser.OCTOCAT, "");
		this.desk.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> response = this.desk.post(SIGN_OUT, HttpBrowser.hiddenFields(this.desk.get(PAGE)));
		assertThat(HttpBrowser.location(response)).endsWith("/sessions?ended");
		assertThat(this.desk.get("/sessions?ended").body()).contains("That session is signed out", "Firefox on Linux")
			.doesNotContain("Safari on iPhone", "Sign out</button>");
		assertThat(HttpBrowser.location(this.phone.get(PAGE))).endsWith("/?sign-in");
	}

	@Test
	@DisplayName("P5 the page signs out everywhere else, and says when the last session ends")
	void signsOutEverywhereElse() {
		this.phone.logIn(DemoUser.OCTOCAT, "");
		HttpBrowser tablet = browser(SAFARI);
		tablet.logIn(DemoUser.OCTOCAT, "");
		HttpBrowser ada = browser(SAFARI);
		ada.logIn(DemoUser.ADA, "");
		this.desk.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> response = this.desk.post(SIGN_OUT_OTHERS, HttpBrowser.hiddenFields(this.desk.get(PAGE)));
		assertThat(HttpBrowser.location(response)).endsWith("/sessions?ended-others");
		assertThat(this.desk.get("/sessions?ended-others").body())
			.contains("Sessions that began in the last minute end within about four minutes", "This device")
			.doesNotContain("Sign out</button>");
		assertThat(HttpBrowser.location(this.phone.get("/me"))).endsWith("/?sign-in");
		assertThat(tablet.get("/api/me").statusCode()).isEqualTo(401);
		assertThat(ada.get("/api/me").statusCode()).isEqualTo(200);
	}

	@Test
	void anotherUsersHandleIsForbiddenAsIsOneOfNobody() {
		HttpBrowser ada = browser(SAFARI);
		ada.logIn(DemoUser.ADA, "");
		this.desk.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> foreign = signOut(UserSession.handleOf(id(ada)));
		assertThat(foreign.statusCode()).isEqualTo(403);
		assertThat(foreign.body()).contains("That was not allowed", "/css/sample.css");
		for (String handle : new String[] { UserSession.handleOf("nobody"), "", "../" + id(ada), "*" }) {
			HttpResponse<String> unknown = signOut(handle);
			assertThat(unknown.statusCode()).as(handle).isEqualTo(403);
			assertThat(unknown.body()).as(handle).isEqualTo(foreign.body());
			assertThat(headers(unknown)).as(handle).isEqualTo(headers(foreign));
		}
		assertThat(ada.get("/api/me").statusCode()).isEqualTo(200);
	}

	@Test
	void ownHandleIsALogout() {
		this.desk.logIn(DemoUser.OCTOCAT, "");
		assertThat(HttpBrowser.location(signOut(UserSession.handleOf(id(this.desk))))).endsWith("/sessions?ended");
		assertThat(HttpBrowser.location(this.desk.get("/sessions?ended"))).endsWith("/?sign-in");
	}

	@ParameterizedTest
	@ValueSource(strings = { SIGN_OUT, SIGN_OUT_OTHERS })
	void signingOutNeedsTheCsrfTokenAndAPost(String address) {
		this.phone.logIn(DemoUser.OCTOCAT, "");
		this.desk.logIn(DemoUser.OCTOCAT, "");
		Map<String, String> fields = Map.of(HANDLE, UserSession.handleOf(id(this.phone)));
		assertThat(this.desk.post(address, fields).statusCode()).isEqualTo(403);
		assertThat(this.desk.get(address).statusCode()).isEqualTo(405);
		assertThat(this.phone.get("/api/me").statusCode()).isEqualTo(200);
	}

	@Test
	@DisplayName("P2 a visitor logs in first, and comes back to the page")
	void aVisitorLogsInFirst() {
		assertThat(HttpBrowser.location(this.desk.get(PAGE))).endsWith("/?sign-in");
		assertThat(this.stack.kv().log().count()).isZero();
		assertThat(HttpBrowser.location(this.desk.logIn(DemoUser.OCTOCAT, ""))).isEqualTo(this.stack.uri() + PAGE);
	}

	@Test
	@DisplayName("P11 without KV the page says so, and nobody is logged out")
	void saysThatKvIsDown() {
		this.desk.logIn(DemoUser.OCTOCAT, "");
		this.stack.kv().faults().every(KvFault.status(503));
		HttpResponse<String> page = this.desk.get(PAGE);
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.headers().firstValue("Retry-After")).isPresent();
		assertThat(page.body()).contains("We cannot read sessions just now");
		assertThat(this.desk.get("/api/me").statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> signOut(String handle) {
		Map<String, String> fields = HttpBrowser.hiddenFields(this.desk.get(PAGE));
		fields.put(HANDLE, handle);
		return this.desk.post(SIGN_OUT, fields);
	}

	private static Map<String, Object> headers(HttpResponse<String> response) {
		Map<String, Object> headers = new TreeMap<>(response.headers().map());
		headers.remove("date");
		return headers;
	}

	private HttpBrowser browser(String userAgent) {
		return new HttpBrowser(this.stack.uri()).with("User-Agent", userAgent);
	}

	private static String id(HttpBrowser browser) {
		return new String(Base64.getDecoder().decode(browser.cookie("SESSION").orElseThrow().getValue()),
				StandardCharsets.UTF_8);
	}

}
