package dev.kvsession.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CoreTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -7 })
	void theSameSeedAndCallsGiveTheSameAnswers(long seed) {
		List<String> first = run(new CoreDriver(KvEmulatorSettings.realistic(seed)));
		assertThat(run(new CoreDriver(KvEmulatorSettings.realistic(seed)))).isEqualTo(first);
		assertThat(run(new CoreDriver(KvEmulatorSettings.realistic(seed + 1)))).isNotEqualTo(first);
	}

	@Test
	void resetStartsAfreshWithTheFirstSettings() {
		KvEmulatorCore core = new KvEmulatorCore(KvEmulatorSettings.realistic(3));
		KvContents contents = new CoreDriver(core, "").contents();
		List<String> first = run(new CoreDriver(core, ""));
		core.reconfigure(KvEmulatorSettings.strong());
		core.faults().every(KvFault.status(500));
		core.reset();
		assertThat(core.log().count()).isZero();
		assertThat(contents.keys("")).isEmpty();
		assertThat(run(new CoreDriver(core, ""))).isEqualTo(first);
	}

	@Test
	void latencyLiesWithinItsBounds() {
		KvLatency latency = KvLatency.between(Duration.ofMillis(10), Duration.ofMillis(20));
		CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong().withLatency(latency));
		for (int i = 0; i < 200; i++) {
			assertThat(kv.get("k").latency()).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
		}
	}

	@Test
	void theLogTellsWhatWasAsked() {
		CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());
		kv.putFor("a%20b", "v", 604800);
		kv.kv("PUT", "/bulk",
				"[{\"key\":\"x\",\"value\":\"1\",\"expiration_ttl\":61},{\"key\":\"y\",\"value\":\"1\"}]");
		kv.advance(Duration.ofSeconds(1)).get("nope");
		kv.putFor("k", "v", 1);
		KvCallLog log = kv.core.log();
		assertThat(log.calls()).extracting(KvCall::kind)
			.containsExactly(KvCallKind.PUT, KvCallKind.BULK_PUT, KvCallKind.GET, KvCallKind.PUT);
		assertThat(log.calls().get(0).key()).isEqualTo("a b");
		assertThat(log.calls().get(0).ttl("a b")).isEqualTo(604800);
		assertThat(log.calls().get(1).keys()).containsExactly("x", "y");
		assertThat(log.calls().get(1).ttl("x")).isEqualTo(61);
		assertThat(log.calls().get(1).ttl("y")).isNull();
		assertThat(log.calls(KvCallKind.GET).get(0).at()).isEqualTo(CoreDriver.START.plusSeconds(1));
		assertThat(log.calls()).extracting(KvCall::status).containsExactly(200, 200, 404, 400);
		assertThat(log.calls().get(3).ttl("k")).isEqualTo(1);
		assertThat(log.count(KvCallKind.PUT, KvCallKind.BULK_PUT)).isEqualTo(3);
		assertThatIllegalStateException().isThrownBy(() -> log.calls().get(1).key());
		log.clear();
		assertThat(log.count()).isZero();
	}

	@Test
	void nothingPrintsKeysValuesOrTheToken() {
		CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());
		kv.put("secret-key", "secret-value");
		assertThat(kv.core.log().calls().get(0).toString() + kv.get("secret-key") + kv.contents().get("secret-key"))
			.doesNotContain("secret");
	}

	@Test
	void sweepingUpExpiredKeysLosesNoLiveOne() {
		CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());
		for (int i = 0; i < 3000; i++) {
			kv.putFor("k" + i, "v", 60);
			kv.advance(Duration.ofSeconds(1));
		}
		assertThat(kv.contents().keys("")).hasSize(59);
		assertThat(kv.read("k2999")).isEqualTo("v");
	}

	@Test
	void settingsRefuseNonsense() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KvLatency.between(Duration.ofSeconds(2), Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> KvEmulatorSettings.strong().withAccounts(-1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvRateLimit(1, Duration.ZERO, Duration.ZERO, KvRateLimit.Counting.FIXED));
		assertThatIllegalArgumentException().isThrownBy(
				() -> new KvStaleness(0, KvStaleness.Choice.ANY, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0));
		assertThatIllegalArgumentException().isThrownBy(
				() -> new KvStaleness(1, KvStaleness.Choice.ANY, Duration.ZERO, Duration.ZERO, Duration.ZERO, 2, 0));
	}

	private static List<String> run(CoreDriver kv) {
		Random random = new Random(1);
		List<String> answers = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			String key = "k" + random.nextInt(20);
			KvEmulatorResponse response = (random.nextInt(3) == 0) ? kv.putFor(key, "v" + i, 60) : kv.get(key);
			answers.add(response.status() + CoreDriver.text(response) + response.latency() + response.headers());
			kv.advance(Duration.ofMillis(random.nextInt(500)));
		}
		return answers;
	}

}
