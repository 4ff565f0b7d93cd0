package dev.kvsession.autoconfigure.server;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvEmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security stores the request for a protected page, with its cookies, until the
 * login.
 */
class SavedRequestTests {

	@RegisterExtension
	static KvEmulatorExtension extension = new KvEmulatorExtension();

	private final KvEmulator kv = extension.emulator();

	private String record() {
		List<String> keys = this.kv.contents().keys("session:");
		assertThat(keys).hasSize(1);
		return this.kv.contents().get(keys.get(0)).text();
	}

	@Test
	@DisplayName("P12 the record of a visitor without login holds no handoff, and does not grow with the visits")
	void aVisitorsRecordDoesNotGrow() {
		try (ShopApplication.Running shop = ShopApplication.start(this.kv, "cloudflare.kv.session.write-mode=sync")) {
			BalancedBrowser browser = new BalancedBrowser(() -> {
			}, shop);
			List<Integer> lengths = new ArrayList<>();
			for (int visit = 0; visit < 4; visit++) {
				browser.getPage("/me");
				assertThat(browser.cookieNames()).contains("SESSION", "SESSION-HANDOFF");
				assertThat(record()).contains("SPRING_SECURITY_SAVED_REQUEST").doesNotContain("HANDOFF");
				lengths.add(record().length());
			}
			// The first visit brings no session cookie along.
			assertThat(lengths.subList(1, lengths.size())).containsOnly(lengths.get(1));
		}
	}

}
