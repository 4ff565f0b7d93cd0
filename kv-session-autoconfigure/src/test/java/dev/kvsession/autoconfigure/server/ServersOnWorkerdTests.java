package dev.kvsession.autoconfigure.server;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.EdgeWorkerExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two real servers with Spring Security over the gateway in workerd, on their own clock.
 * On the emulator, and stale, they run in {@link TwoServersTests}.
 */
class ServersOnWorkerdTests {

	@RegisterExtension
	static final EdgeWorkerExtension workerd = new EdgeWorkerExtension(Path.of("..", "edge-worker"));

	private static ShopApplication.Running first;

	private static ShopApplication.Running second;

	@BeforeAll
	static void start() {
		first = startShop();
		second = startShop();
	}

	@AfterAll
	static void stop() {
		Stream.of(first, second).filter(Objects::nonNull).forEach(ShopApplication.Running::close);
	}

	private static ShopApplication.Running startShop() {
		return ShopApplication.start(workerd.worker().properties());
	}

	@Test
	@DisplayName("P3 P4 P5 each request meets the other instance, and the user notices nothing")
	void servesASessionFromItsFirstSecond() {
		new ShopVisit(browser()).run();
	}

	@Test
	@DisplayName("P5 cookies copied before the logout are refused here, and by an instance that never knew them")
	void refusesCopiedCookiesAfterALogout() {
		BalancedBrowser user = browser();
		user.login();
		user.get("/me");
		BalancedBrowser thief = user.copy(first);
		assertThat(thief.get("/me").body()).isEqualTo("ada");
		user.logout();
		assertThat(thief.get("/me").statusCode()).isNotEqualTo(200);
		try (ShopApplication.Running third = startShop()) {
			assertThat(thief.copy(third).get("/me").statusCode()).isNotEqualTo(200);
		}
	}

	@Test
	@DisplayName("P3 a session, with what was changed within its first second, survives the end of its instance")
	void survivesARestart() {
		Browser browser = new Browser(first);
		try (ShopApplication.Running before = startShop()) {
			browser.turnTo(before);
			browser.login();
			browser.get("/add/milk");
			browser.get("/add/tea");
		}
		browser.turnTo(second);
		assertThat(browser.get("/items").body()).isEqualTo("milk tea");
	}

	private BalancedBrowser browser() {
		return new BalancedBrowser(() -> {
		}, first, second);
	}

}
