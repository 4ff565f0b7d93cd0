package dev.kvsession.sample;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.sample.github.DemoUser;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a login leaves in KV.
 */
class StoredSessionTests {

	private static final Pattern RAW = Pattern.compile("<pre[^>]*><code>(.*)</code></pre>", Pattern.DOTALL);

	private final SampleStack stack = SampleStack.shared();

	private final HttpBrowser browser = new HttpBrowser(this.stack.uri());

	@Test
	void theRecordSaysWhoLoggedIn() {
		this.browser.logIn(DemoUser.ADA, "");
		JsonNode record = record();
		assertThat(record.get("userId").asString()).isEqualTo("5550123456");
		assertThat(record.get("githubUsername").asString()).isEqualTo("ada");
		assertThat(record.get("email").asString()).isEqualTo("ada@example.org");
		assertThat(record.get("maxInactiveInterval").asLong()).isEqualTo(604_800);
		assertThat(record.get("attributes").propertyNames()).contains("userId", "githubUsername");
	}

	@Test
	void anUnknownEmailIsNoClaim() {
		this.browser.logIn(DemoUser.OCTOCAT, "?remember=true");
		JsonNode record = record();
		assertThat(record.has("email")).isFalse();
		assertThat(record.get("maxInactiveInterval").asLong()).isEqualTo(2_592_000);
	}

	@Test
	void thePageShowsTheRecordsSizeAndAShortenedKey() {
		this.browser.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> response = this.browser.get("/api/me");
		JsonNode me = JsonMapper.shared().readTree(response.body());
		assertThat(me.get("recordSizeBytes").asInt()).isEqualTo(stored().value().length);
		assertThat(me.get("storageKey").asString()).hasSize("session:Ab3d…".length());
		assertThat(key()).startsWith(me.get("storageKey").asString().replace("…", ""));
		assertThat(me.get("kvCalls").asInt()).as("calls with the near cache warm").isZero();
	}

	@Test
	void thePageShowsTheRecordAsKvHoldsItAndNoTagOfIt() {
		try (SampleStack own = SampleStack.start("--server.port=0")) {
			own.kv().reconfigure(KvEmulatorSettings.strong());
			HttpBrowser visitor = new HttpBrowser(own.uri());
			visitor.logIn(DemoUser.ADA, "");
			String page = visitor.get("/me").body();
			Matcher raw = RAW.matcher(page);
			assertThat(raw.find()).isTrue();
			assertThat(raw.group(1)).contains("&lt;Lovelace&gt;").doesNotContain("<").contains("\n");
			String key = own.kv().contents().keys("session:").get(0);
			assertThat(JsonMapper.shared().readTree(HtmlUtils.htmlUnescape(raw.group(1))))
				.isEqualTo(JsonMapper.shared().readTree(own.kv().contents().get(key).text()));
			assertThat(page).doesNotContain(key).doesNotContain("gho_");
		}
	}

	@Test
	void thePageDoesWithoutTheRecordWhileKvIsDown() {
		this.browser.logIn(DemoUser.ADA, "");
		this.stack.kv().faults().every(KvFault.status(503));
		try {
			assertThat(this.browser.get("/me").body()).contains(">ada<", "KV does not show the record now");
		}
		finally {
			this.stack.kv().faults().clear();
		}
	}

	@Test
	void aLoginLeavesOneKeyForSevenDays() {
		List<String> before = this.stack.kv().contents().keys("session:");
		this.browser.logIn(DemoUser.OCTOCAT, "");
		assertThat(this.stack.kv().contents().keys("session:")).hasSize(before.size() + 1).contains(key());
		assertThat(timesToLive(key())).isNotEmpty().containsOnly(604_800L);
	}

	@Test
	void aRememberedLoginIsKeptForThirtyDays() {
		this.browser.logIn(DemoUser.OCTOCAT, "?remember=true");
		assertThat(timesToLive(key())).isNotEmpty().containsOnly(2_592_000L);
	}

	@Test
	void aLogoutRemovesTheKey() {
		this.browser.logIn(DemoUser.OCTOCAT, "");
		String key = key();
		this.browser.logOut();
		assertThat(this.stack.kv().contents().get(key)).isNull();
	}

	@Test
	void aFailedLoginLeavesNoKey() {
		List<String> before = this.stack.kv().contents().keys("session:");
		this.browser.get(this.browser.callbackOf(Map.of("deny", "true"), ""));
		assertThat(this.stack.kv().contents().keys("session:")).containsExactlyElementsOf(before);
	}

	@Test
	@DisplayName("P1 requests cost at most one read while the near cache lasts")
	void aHundredRequestsCostAtMostOneCall() {
		try (SampleStack own = SampleStack.start("--server.port=0")) {
			HttpBrowser visitor = new HttpBrowser(own.uri());
			visitor.logIn(DemoUser.OCTOCAT, "");
			own.kv().log().clear();
			for (int i = 0; i < 100; i++) {
				visitor.get("/api/me");
			}
			assertThat(own.kv().log().count()).isLessThanOrEqualTo(1);
		}
	}

	@Test
	void aRenewedCookieOfARememberedLoginLivesThirtyDaysAgain() {
		try (SampleStack own = SampleStack.start("--server.port=0", "--cloudflare.kv.session.touch-interval=0s")) {
			HttpBrowser visitor = new HttpBrowser(own.uri());
			visitor.logIn(DemoUser.OCTOCAT, "?remember=true");
			assertThat(renewedCookie(visitor)).contains("Max-Age=2592000", "HttpOnly", "SameSite=Lax");
		}
	}

	/*
	 * The login's own touch may still wait for the key's second to end and then, as
	 * touches do, some seconds for a call that others fill; meanwhile a request starts no
	 * other.
	 */
	private static String renewedCookie(HttpBrowser visitor) {
		return Stream.generate(() -> HttpBrowser.setCookies(visitor.get("/me"), "SESSION"))
			.limit(20_000)
			.filter((cookies) -> !cookies.isEmpty())
			.findFirst()
			.orElseThrow()
			.get(0);
	}

	private List<Long> timesToLive(String key) {
		return this.stack.kv()
			.log()
			.calls(KvCallKind.PUT, KvCallKind.BULK_PUT)
			.stream()
			.filter((call) -> call.keys().contains(key))
			.map((call) -> call.ttl(key))
			.toList();
	}

	private String key() {
		return "session:"
				+ new String(Base64.getDecoder().decode(this.browser.cookie("SESSION").orElseThrow().getValue()),
						StandardCharsets.UTF_8);
	}

	private KvEntry stored() {
		return this.stack.kv().contents().get(key());
	}

	private JsonNode record() {
		return JsonMapper.shared().readTree(stored().text());
	}

}
