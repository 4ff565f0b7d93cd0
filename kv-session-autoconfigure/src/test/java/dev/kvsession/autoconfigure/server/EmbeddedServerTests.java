package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What requests cost, on a real server, with Spring Security and KV as it is.
 */
class EmbeddedServerTests {

	private static KvEmulator kv;

	private static ShopApplication.Running shop;

	private final Browser browser = new Browser(shop);

	@BeforeAll
	static void start() {
		kv = KvEmulator.start(KvEmulatorSettings.realistic(3));
		shop = ShopApplication.start(kv);
	}

	@AfterAll
	static void stop() {
		shop.close();
		kv.close();
	}

	@BeforeEach
	void forgetCalls() {
		kv.log().clear();
	}

	@Test
	@DisplayName("P1 a login costs one write")
	void loginCostsOneWrite() {
		assertThat(this.browser.login().statusCode()).isEqualTo(302);
		assertThat(kv.log().calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT);
		assertThat(kv.log().calls()).singleElement()
			.satisfies((put) -> assertThat(put.ttl(put.key())).isEqualTo(604_800));
	}

	@Test
	@DisplayName("P1 authenticated requests cost nothing while the session is in memory")
	void authenticatedRequestsCostNothing() {
		login();
		for (int i = 0; i < 20; i++) {
			HttpResponse<String> page = this.browser.get("/me");
			assertThat(page.body()).isEqualTo("ada");
			assertThat(Browser.setCookies(page)).isEmpty();
		}
		assertThat(kv.log().calls()).isEmpty();
	}

	@Test
	@DisplayName("P1 the ERROR dispatch of an authenticated 404 costs nothing more")
	void authenticatedNotFoundCostsNothing() {
		login();
		assertThat(this.browser.get("/missing").statusCode()).isEqualTo(404);
		assertThat(kv.log().calls()).isEmpty();
	}

	@Test
	@DisplayName("P1 an asynchronous request costs nothing more")
	void asynchronousRequestsCostNothing() {
		login();
		assertThat(this.browser.get("/later").body()).isEqualTo("ada");
		assertThat(kv.log().calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 a logout writes the marker, removes the record, and is final")
	void logoutWritesMarkerAndRemovesRecord() {
		login();
		String cookie = this.browser.cookie();
		this.browser.logout();
		assertThat(kv.log().calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(kv.log().calls(KvCallKind.PUT)).singleElement()
			.satisfies((put) -> assertThat(put.key()).startsWith("session-gone:"));
		kv.log().clear();
		HttpResponse<String> refused = this.browser.withCookie(cookie).get("/me");
		assertThat(refused.headers().firstValue("location"))
			.hasValueSatisfying((location) -> assertThat(location).endsWith("/login"));
		assertThat(kv.log().calls()).isEmpty();
	}

	@Test
	@DisplayName("P2 strangers without a cookie cost nothing")
	void strangersCostNothing() {
		assertThat(this.browser.get("/public").body()).isEqualTo("welcome");
		assertThat(kv.log().calls()).isEmpty();
		assertThat(this.browser.cookie()).isNull();
	}

	@Test
	@DisplayName("P2 a malformed id costs nothing")
	void malformedIdsCostNothing() {
		assertThat(this.browser.withCookie(encoded("../../secrets")).get("/public").body()).isEqualTo("welcome");
		assertThat(this.browser.withCookie("%00").get("/public").body()).isEqualTo("welcome");
		assertThat(kv.log().calls()).isEmpty();
	}

	@Test
	@DisplayName("P2 a forged id costs one read and no write")
	void forgedIdsCostOneRead() {
		String forged = encoded(new SecureSessionIdGenerator().generate());
		assertThat(this.browser.withCookie(forged).get("/public").body()).isEqualTo("welcome");
		assertThat(kv.log().calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
	}

	private void login() {
		this.browser.login();
		kv.log().clear();
	}

	private static String encoded(String id) {
		return Base64.getEncoder().encodeToString(id.getBytes());
	}

}
