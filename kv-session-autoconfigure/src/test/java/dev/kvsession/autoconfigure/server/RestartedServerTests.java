package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.KvEmulatorExtension;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class RestartedServerTests {

	// Strongly consistent: a restarted application must find what was written just
	// before,
	// and KV may take a minute for that.
	@RegisterExtension
	static KvEmulatorExtension kv = new KvEmulatorExtension(KvEmulatorSettings.strong());

	@Test
	@DisplayName("P1 a session from before the restart costs one read")
	void findsTheSessionFromBeforeTheRestart() {
		Browser browser = loggedInBefore();
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator())) {
			browser.turnTo(shop);
			kv.emulator().log().clear();
			assertThat(browser.get("/me").body()).isEqualTo("ada");
			assertThat(browser.get("/missing").statusCode()).isEqualTo(404);
			assertThat(kv.emulator().log().calls()).extracting("kind").containsExactly(KvCallKind.BULK_GET);
		}
	}

	@Test
	void answers503AndLeavesTheCookieAloneWhileKvIsDown() {
		Browser browser = loggedInBefore();
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator())) {
			browser.turnTo(shop);
			kv.emulator().faults().every(KvFault.status(503));
			HttpResponse<String> refused = browser.get("/me");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("retry-after")).hasValue("5");
			assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
			assertThat(Browser.setCookies(refused)).isEmpty();

			kv.emulator().faults().clear();
			assertThat(browser.get("/me").body()).isEqualTo("ada");
		}
	}

	@Test
	@DisplayName("P11 a request without session is not held up by KV")
	void servesStrangersWhileKvIsDown() {
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator())) {
			kv.emulator().faults().every(KvFault.status(503));
			assertThat(new Browser(shop).get("/public").body()).isEqualTo("welcome");
			assertThat(kv.emulator().log().calls()).isEmpty();
		}
	}

	@Test
	@DisplayName("P3 a login that KV did not take is no login")
	void failsTheLoginThatKvDidNotTake() {
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator())) {
			kv.emulator().faults().every(KvFault.wrongToken(), KvCallKind.PUT);
			Browser browser = new Browser(shop);
			assertThat(browser.login().statusCode()).isEqualTo(503);
			assertThat(browser.cookie()).isNull();
		}
	}

	@Test
	void goesOnWithoutSessionIfToldTo() {
		Browser browser = loggedInBefore();
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator(),
				"cloudflare.kv.session.on-read-failure=no-session")) {
			browser.turnTo(shop);
			kv.emulator().faults().every(KvFault.status(503));
			assertThat(browser.get("/public").body()).isEqualTo("welcome");
		}
	}

	@Test
	void sendsTheCookieAgainWithATouchThatIsDue() {
		Browser browser = loggedInBefore();
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator(),
				"cloudflare.kv.session.touch-interval=0s", "server.servlet.session.cookie.max-age=7d")) {
			browser.turnTo(shop);
			String cookie = browser.cookie();
			HttpResponse<String> page = browser.get("/me");
			assertThat(Browser.setCookies(page)).singleElement()
				.asString()
				.startsWith("SESSION=" + cookie + ";")
				.contains("Max-Age=604800");
		}
	}

	private static Browser loggedInBefore() {
		try (ShopApplication.Running shop = ShopApplication.start(kv.emulator())) {
			Browser browser = new Browser(shop);
			browser.login();
			return browser;
		}
	}

}
