package dev.kvsession.autoconfigure.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances behind a load balancer without stickiness, over a KV whose time is the
 * test's: none of them sees what the other one writes before {@link #settle()}.
 */
class TwoServersTests {

	private static final Duration CACHED = Duration.ofMinutes(10);

	private static final Duration LONGEST_DELAY = Duration.ofMinutes(20);

	/**
	 * Each client at its own location, all delays long, one own write in five not to be
	 * seen at once.
	 */
	private static final KvStaleness STALE = new KvStaleness(3, KvStaleness.Choice.BY_CLIENT, CACHED, Duration.ZERO,
			LONGEST_DELAY, 1, 0.2);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_790_000_000));

	private KvEmulator kv;

	private ShopApplication.Running first;

	private ShopApplication.Running second;

	private BalancedBrowser browser;

	private void start(long seed, String... properties) {
		this.kv = KvEmulator.start(KvEmulatorSettings.realistic(seed).withStaleness(STALE), 0, this.now::get);
		this.first = ShopApplication.startAs("first", this.kv, properties);
		this.second = ShopApplication.startAs("second", this.kv, properties);
		this.browser = new BalancedBrowser(() -> pass(Duration.ofSeconds(2)), this.first, this.second);
	}

	@AfterEach
	void stop() {
		this.first.close();
		this.second.close();
		this.kv.close();
	}

	private void pass(Duration duration) {
		this.now.updateAndGet((time) -> time.plus(duration));
	}

	private void settle() {
		pass(LONGEST_DELAY.plus(CACHED));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	@DisplayName("P3 P4 P5 each request meets the other instance, and the user notices nothing")
	void servesASessionFromItsFirstSecond(long seed) {
		start(seed);
		new ShopVisit(this.browser).run();
		assertThat(handoffs(this.first)).isPositive();
		assertThat(handoffs(this.second)).isPositive();
	}

	@Test
	@DisplayName("P5 cookies copied before the logout are refused here at once, elsewhere when KV shows the logout")
	void refusesCopiedCookiesAfterALogout() {
		start(4);
		this.browser.login();
		this.browser.get("/me");
		assertThat(this.browser.cookieNames()).containsExactly("SESSION", "SESSION-HANDOFF");
		BalancedBrowser thief = this.browser.copy(this.first);
		assertThat(thief.get("/me").body()).isEqualTo("ada");
		this.browser.logout();
		assertThat(thief.get("/me").statusCode()).isNotEqualTo(200);

		try (ShopApplication.Running third = ShopApplication.startAs("third", this.kv)) {
			BalancedBrowser elsewhere = thief.copy(third);
			settle();
			assertThat(elsewhere.get("/me").statusCode()).isNotEqualTo(200);
		}
	}

	@Test
	void withoutHandoffTheOtherInstanceKnowsNothing() {
		start(1, "cloudflare.kv.session.handoff.enabled=false");
		this.browser.login();
		assertThat(this.browser.cookieNames()).containsExactly("SESSION");
		assertThat(this.browser.get("/me").statusCode()).isNotEqualTo(200);
	}

	private static long handoffs(ShopApplication.Running instance) {
		return instance.context().getBean(KvSessionRepository.class).getStatistics().count(KvSessionEvent.HANDOFF_USED);
	}

}
