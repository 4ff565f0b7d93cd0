package dev.kvsession.autoconfigure.server;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.web.exchanges.HttpExchange;

import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application on a real server sees of the handoff cookie: nothing, in none of
 * its dispatches.
 */
class HiddenHandoffServerTests {

	private static KvEmulator kv;

	private static ShopApplication.Running application;

	private final BalancedBrowser browser = new BalancedBrowser(() -> {
	}, application);

	@BeforeAll
	static void start() {
		kv = KvEmulator.start();
		application = ShopApplication.start(EchoApplication.class, kv.properties(),
				"management.httpexchanges.recording.include=request-headers,cookie-headers");
	}

	@AfterAll
	static void stop() {
		application.close();
		kv.close();
	}

	@BeforeEach
	void writeASession() {
		this.browser.get("/write");
		assertThat(this.browser.cookieNames()).containsExactly("SESSION", "SESSION-HANDOFF");
		EchoApplication.SEEN.clear();
		EchoApplication.EXCHANGES.clear();
	}

	@ParameterizedTest
	@CsvSource({ "/plain,200,filter REQUEST,page REQUEST", "/later,200,filter REQUEST,filter ASYNC",
			"/dispatch,200,filter REQUEST,page ASYNC", "/dispatch-wrapped,200,filter REQUEST,page ASYNC",
			"/context,200,context REQUEST,page ASYNC", "/forward,200,filter REQUEST,page FORWARD",
			"/fail,409,filter REQUEST,page ERROR" })
	@DisplayName("P12 no dispatch shows the application the handoff cookie")
	void hidesItInEveryDispatch(String path, int status, String first, String last) {
		assertThat(this.browser.get(path).statusCode()).isEqualTo(status);
		assertThat(EchoApplication.SEEN).contains(first + " [SESSION][SESSION]", last + " [SESSION][SESSION]")
			.allSatisfy((seen) -> assertThat(seen).endsWith(" [SESSION][SESSION]"));
	}

	@Test
	@DisplayName("P12 the actuator's record of exchanges has no handoff cookie, not even with cookies")
	void hidesItFromTheRecordOfExchanges() throws InterruptedException {
		this.browser.get("/plain");
		HttpExchange exchange;
		do {
			exchange = EchoApplication.EXCHANGES.poll(1, TimeUnit.MINUTES);
			assertThat(exchange).isNotNull();
		}
		while (!exchange.getRequest().getUri().getPath().equals("/plain"));
		assertThat(exchange.getRequest().getHeaders().get("Cookie")).singleElement()
			.asString()
			.startsWith("SESSION=")
			.doesNotContain("HANDOFF");
	}

}
