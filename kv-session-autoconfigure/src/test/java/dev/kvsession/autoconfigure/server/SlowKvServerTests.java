package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many users on a real server while KV takes its time.
 */
class SlowKvServerTests {

	/**
	 * Long beside what a busy machine needs for what happens meanwhile.
	 */
	private static final Duration SLOW = Duration.ofSeconds(6);

	private final SecureSessionIdGenerator ids = new SecureSessionIdGenerator();

	/**
	 * Sessions that are in KV and not known to any instance.
	 * @return their cookies
	 */
	private List<String> coldUsers(KvEmulator kv, int many) {
		try (ShopApplication.Running before = ShopApplication.start(kv)) {
			new Browser(before).login();
		}
		String key = kv.contents().keys("session:").get(0);
		String record = kv.contents().get(key).text();
		List<String> cookies = new ArrayList<>();
		for (int i = 0; i < many; i++) {
			String id = this.ids.generate();
			kv.contents().store("session:" + id, record, Duration.ofDays(1));
			cookies.add("SESSION=" + Base64.getEncoder().encodeToString(id.getBytes()));
		}
		return cookies;
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudflare.kv.budget.calls=0", "cloudflare.kv.budget.calls=1200" })
	@DisplayName("P11 a restart with 2,000 cold users at once and healthy KV refuses nobody")
	void restart(String budget) {
		// As 300 ms are to the default, with time for a machine that does much besides.
		Duration latency = Duration.ofMillis(900);
		try (KvEmulator kv = KvEmulator
			.start(KvEmulatorSettings.strong().withLatency(KvLatency.between(latency, latency)))) {
			List<String> users = coldUsers(kv, 2000);
			try (ShopApplication.Running shop = ShopApplication.start(kv, budget,
					"cloudflare.kv.session.near-cache.soft-timeout=1500ms", "cloudflare.kv.read-timeout=30s");
					Crowd crowd = new Crowd(shop)) {
				List<HttpResponse<String>> answers = Crowd.join(crowd.get("/me", users.size(), users::get));
				assertThat(answers).allSatisfy((answer) -> assertThat(answer.body()).isEqualTo("ada"));
			}
		}
	}

	@Test
	@DisplayName("P11 half of the server's threads wait for slow KV; others are refused, and strangers served")
	void fewWait() {
		try (KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong())) {
			List<String> users = coldUsers(kv, 40);
			try (ShopApplication.Running shop = ShopApplication.start(kv, "server.tomcat.threads.max=20",
					"cloudflare.kv.read-timeout=30s"); Crowd crowd = new Crowd(shop)) {
				kv.faults().every(KvFault.delayed(SLOW), KvCallKind.BULK_GET);
				List<CompletableFuture<HttpResponse<String>>> cold = crowd.get("/me", users.size(), users::get);
				CompletableFuture<HttpResponse<String>> stranger = crowd.get("/public", null);
				assertThat(stranger.join().body()).isEqualTo("welcome");
				assertThat(cold).noneMatch((answer) -> answer.isDone() && answer.join().statusCode() == 200);
				List<HttpResponse<String>> answers = Crowd.join(cold);
				// Ten at a time; the last come when the first have been answered.
				assertThat(answers).filteredOn((answer) -> answer.statusCode() == 200).hasSizeBetween(10, 25);
				assertThat(answers).filteredOn((answer) -> answer.statusCode() != 200).allSatisfy((answer) -> {
					assertThat(answer.statusCode()).isEqualTo(503);
					assertThat(answer.headers().firstValue("retry-after")).isPresent();
					assertThat(Browser.setCookies(answer)).isEmpty();
				});
			}
		}
	}

	@Test
	@DisplayName("P10 a flood of sessions without a user holds half of the threads, and users log in beside it")
	void creations() {
		try (KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong());
				ShopApplication.Running shop = ShopApplication.start(kv, "server.tomcat.threads.max=20",
						"cloudflare.kv.session.near-cache.soft-timeout=20s", "cloudflare.kv.read-timeout=30s");
				Crowd crowd = new Crowd(shop)) {
			kv.faults().every(KvFault.delayed(SLOW), KvCallKind.PUT, KvCallKind.BULK_PUT);
			List<CompletableFuture<HttpResponse<String>>> bots = crowd.get("/public/put", 40, (i) -> null);
			assertThat(crowd.get("/public", null).join().body()).isEqualTo("welcome");
			assertThat(bots).noneMatch((answer) -> answer.isDone() && answer.join().statusCode() == 200);
			assertThat(new Browser(shop).login().statusCode()).isEqualTo(302);
			List<HttpResponse<String>> answers = Crowd.join(bots);
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 200).hasSize(10);
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 503).hasSize(30);
		}
	}

	@Test
	@DisplayName("P11 logins and changes are bounded, too, and a logout goes on without KV's answer")
	void saves() {
		try (KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong());
				ShopApplication.Running shop = ShopApplication.start(kv, "cloudflare.kv.session.max-waiting-requests=1",
						"cloudflare.kv.read-timeout=30s");
				Crowd crowd = new Crowd(shop)) {
			Browser user = new Browser(shop);
			user.login();
			kv.faults().every(KvFault.delayed(SLOW), KvCallKind.PUT, KvCallKind.BULK_PUT);
			List<HttpResponse<String>> made = Crowd.join(crowd.get("/public/put", 8, (i) -> null));
			assertThat(made).filteredOn((answer) -> answer.statusCode() == 200).isNotEmpty();
			assertThat(made).filteredOn((answer) -> answer.statusCode() == 503).isNotEmpty();
			List<CompletableFuture<HttpResponse<String>>> others = crowd.get("/public/put", 2, (i) -> null);
			assertThat(user.logout().statusCode()).isEqualTo(302);
			assertThat(Crowd.join(others)).isNotEmpty();
			assertThat(user.get("/me").statusCode()).isNotEqualTo(200);
		}
	}

}
