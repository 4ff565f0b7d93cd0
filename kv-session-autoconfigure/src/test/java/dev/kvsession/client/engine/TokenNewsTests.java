package dev.kvsession.client.engine;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvRateLimitException;

import static org.assertj.core.api.Assertions.assertThat;

class TokenNewsTests {

	private final PlainClient client = new PlainClient();

	private final KvEngine engine = this.client.engine(KvBudget.CLOUDFLARE);

	@Test
	@DisplayName("P10 what was said before a block is no news after it")
	void afterABlockCallsGoSideBySideAgain() {
		this.client.failures = (call) -> new KvRateLimitException("blocked", Duration.ofMinutes(5), null);
		this.client.says(0, Duration.ofMinutes(5));
		this.engine.get("a", KvCallClass.READ);
		this.client.failures = (call) -> null;
		this.client.pass(Duration.ofMinutes(20));
		ask();
		assertThat(this.client.calls()).hasSizeGreaterThan(10);
		assertThat(this.client.mostUnderWay()).isGreaterThan(1);
	}

	@Test
	@DisplayName("P10 once KV's count should have begun anew, one call finds out, and an answer without news ends the wait")
	void whatWasSaidAgesOut() {
		this.client.says(0, Duration.ofMinutes(1));
		this.engine.get("a", KvCallClass.READ);
		assertThat(this.client.calls()).hasSize(1);
		this.client.pass(Duration.ofSeconds(59));
		this.engine.get("b", KvCallClass.WRITE);
		assertThat(this.client.calls()).hasSize(1);
		ask();
		assertThat(this.client.mostUnderWay()).isGreaterThan(1);
	}

	@Test
	@DisplayName("P10 while KV still says that nothing is left, only one call at a time finds out")
	void newsKeepTheOthersBack() {
		this.client.says(0, Duration.ofSeconds(1));
		this.engine.get("a", KvCallClass.READ);
		this.client.latency = Duration.ofMillis(500);
		for (int i = 0; i < 40; i++) {
			this.client.says(0, Duration.ofSeconds(1));
			this.engine.get("r" + i, KvCallClass.WRITE);
			this.engine.delete("d" + i, KvCallClass.LOGIN);
			this.client.pass(Duration.ofMillis(500));
		}
		assertThat(this.client.mostUnderWay()).isEqualTo(1);
		assertThat(this.client.calls()).hasSizeBetween(10, 20);
	}

	@Test
	@DisplayName("P10 the last calls that others leave are for logins")
	void theLastCallsAreForLogins() {
		this.client.says(20, Duration.ofMinutes(4));
		this.engine.get("a", KvCallClass.READ);
		this.engine.get("b", KvCallClass.READ);
		this.client.pass(Duration.ofSeconds(10));
		assertThat(this.client.calls()).hasSize(1);
		this.engine.put(EngineRig.pair("login"), KvCallClass.LOGIN);
		this.client.pass(Duration.ofSeconds(1));
		assertThat(this.client.calls()).hasSize(2);
	}

	private void ask() {
		this.client.latency = Duration.ofMillis(500);
		for (int i = 0; i < 40; i++) {
			this.engine.get("r" + i, KvCallClass.WRITE);
			this.engine.put(EngineRig.pair("w" + i), KvCallClass.LOGIN);
			this.engine.delete("d" + i, KvCallClass.LOGIN);
			this.client.pass(Duration.ofMillis(100));
		}
	}

}
