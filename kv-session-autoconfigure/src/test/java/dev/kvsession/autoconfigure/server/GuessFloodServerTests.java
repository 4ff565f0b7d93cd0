package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forged ids by the hundreds, on a real server.
 */
class GuessFloodServerTests {

	private static final int CONNECTIONS = 60;

	private final SecureSessionIdGenerator ids = new SecureSessionIdGenerator();

	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicInteger guesses = new AtomicInteger();

	private String guess() {
		return cookie(this.ids.generate());
	}

	private static String cookie(String id) {
		return "SESSION=" + Base64.getEncoder().encodeToString(id.getBytes());
	}

	private void flood(Crowd crowd, String cookie) {
		this.guesses.incrementAndGet();
		crowd.get("/me", (cookie != null) ? cookie : guess()).whenComplete((answer, ex) -> {
			if (!this.over.get()) {
				flood(crowd, cookie);
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "1200, false", "1200, true", "0, false" })
	@DisplayName("P2 a flood of guesses holds few threads: users go on, log in, and get in where they are not known")
	void flood(int budget, boolean sameGuess) {
		Duration latency = Duration.ofMillis(150);
		KvEmulatorSettings settings = KvEmulatorSettings.strong().withLatency(KvLatency.between(latency, latency));
		try (KvEmulator kv = KvEmulator
			.start((budget > 0) ? settings.withRateLimit(KvRateLimit.cloudflare()) : settings)) {
			List<String> cold = coldUsers(kv, 5);
			try (ShopApplication.Running shop = ShopApplication.start(kv, "server.tomcat.threads.max=20",
					"logging.level.dev.kvsession.session.web.KvSessionFilter=error",
					"cloudflare.kv.budget.calls=" + budget); Crowd crowd = new Crowd(shop)) {
				Browser known = new Browser(shop);
				known.login();
				String one = sameGuess ? guess() : null;
				for (int i = 0; i < CONNECTIONS; i++) {
					flood(crowd, one);
				}
				while (this.guesses.get() < 20 * CONNECTIONS) {
					assertThat(known.get("/me").body()).isEqualTo("ada");
				}
				kv.log().clear();
				for (int i = 0; i < 20; i++) {
					assertThat(known.get("/me").body()).isEqualTo("ada");
				}
				// Each waited for guesses on all threads before, hence for more than
				// these.
				assertThat(kv.log().calls().stream().mapToInt((call) -> call.keys().size()).sum()).isLessThan(600);
				assertThat(new Browser(shop).login().statusCode()).isEqualTo(302);
				for (String user : cold) {
					assertGetsIn(crowd, user);
				}
				this.over.set(true);
			}
		}
	}

	/*
	 * At the latest with the second try after the first.
	 */
	private static void assertGetsIn(Crowd crowd, String cookie) {
		HttpResponse<String> answer = crowd.get("/me", cookie).join();
		for (int i = 0; i < 2 && answer.statusCode() == 503; i++) {
			assertThat(answer.headers().firstValue("retry-after")).isPresent();
			answer = crowd.get("/me", cookie).join();
		}
		assertThat(answer.body()).isEqualTo("ada");
	}

	private List<String> coldUsers(KvEmulator kv, int many) {
		try (ShopApplication.Running before = ShopApplication.start(kv)) {
			new Browser(before).login();
		}
		String record = kv.contents().get(kv.contents().keys("session:").get(0)).text();
		List<String> cookies = new ArrayList<>();
		for (int i = 0; i < many; i++) {
			String id = this.ids.generate();
			kv.contents().store("session:" + id, record, Duration.ofDays(1));
			cookies.add(cookie(id));
		}
		return cookies;
	}

}
