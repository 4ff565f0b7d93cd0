package dev.kvsession.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTests {

	private final CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());

	private final KvFaults faults = this.kv.core.faults();

	static Stream<Arguments> refusals() {
		return Stream.of(Arguments.of(KvFault.error(400, 1, "x"), "400/1"),
				Arguments.of(KvFault.throttled(Duration.ofSeconds(30)), "429/971"),
				Arguments.of(KvFault.keyWrittenTooOften(), "429/429"),
				Arguments.of(KvFault.quotaExhausted(), "429/10048"), Arguments.of(KvFault.wrongToken(), "401/10000"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void refusesTheNextCallOnly(KvFault fault, String error) {
		this.faults.next(1, fault);
		assertThat(CoreDriver.error(this.kv.put("k", "v"))).isEqualTo(error);
		assertThat(this.kv.contents().get("k")).isNull();
		assertThat(this.kv.put("k", "v").status()).isEqualTo(200);
	}

	@Test
	void throttlingTellsWhenToComeBackAndKeyThrottlingDoesNot() {
		this.faults.next(1, KvFault.throttled(Duration.ofSeconds(30)));
		assertThat(this.kv.get("k").headers()).containsEntry("retry-after", "30")
			.containsEntry("ratelimit", "\"default\";r=0;t=30");
		this.faults.next(1, KvFault.keyWrittenTooOften());
		assertThat(this.kv.get("k").headers()).doesNotContainKeys("retry-after", "ratelimit");
	}

	@Test
	void outageLastsUntilCleared() {
		this.faults.every(KvFault.status(503));
		assertThat(this.kv.put("k", "v").status()).isEqualTo(503);
		assertThat(this.kv.get("k").body()).isEmpty();
		this.faults.clear();
		assertThat(this.kv.read("k")).isEqualTo("-");
	}

	@Test
	void aProxyAnswersInHtml() {
		this.faults.next(1, KvFault.html(200));
		KvEmulatorResponse response = this.kv.get("k");
		assertThat(response.headers().get("content-type")).startsWith("text/html");
		assertThat(CoreDriver.text(response)).startsWith("<!DOCTYPE html>");
	}

	@Test
	void aLostAnswerWasApplied() {
		this.faults.next(2, KvFault.lostAfterWrite(), KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(this.kv.get("k").delivery()).isEqualTo(KvDelivery.ANSWERED);
		assertThat(this.kv.put("k", "v").delivery()).isEqualTo(KvDelivery.LOST_AFTER_WRITE);
		assertThat(this.kv.contents().get("k").text()).isEqualTo("v");
		assertThat(this.kv.delete("k").delivery()).isEqualTo(KvDelivery.LOST_AFTER_WRITE);
		assertThat(this.kv.contents().get("k")).isNull();
		assertThat(this.kv.put("k", "v").delivery()).isEqualTo(KvDelivery.ANSWERED);
	}

	@Test
	void aResetBeforeAppliesNothing() {
		this.faults.next(1, KvFault.resetBefore());
		KvEmulatorResponse response = this.kv.put("k", "v");
		assertThat(response.delivery()).isEqualTo(KvDelivery.RESET_BEFORE);
		assertThat(response.status()).isZero();
		assertThat(this.kv.contents().get("k")).isNull();
	}

	@Test
	void anErrorAfterApplyingHidesTheWrite() {
		this.faults.next(1, KvFault.status(503).afterApplying());
		assertThat(this.kv.put("k", "v").status()).isEqualTo(503);
		assertThat(this.kv.contents().get("k").text()).isEqualTo("v");
	}

	@Test
	void slowAnswersAreRightButSlow() {
		this.kv.put("k", "v");
		this.faults.next(1, KvFault.slowDrip(Duration.ofSeconds(2)));
		this.faults.next(1, KvFault.delayed(Duration.ofSeconds(7)));
		KvEmulatorResponse drip = this.kv.get("k");
		assertThat(drip.delivery()).isEqualTo(KvDelivery.SLOW_DRIP);
		assertThat(drip.dripInterval()).isEqualTo(Duration.ofSeconds(2));
		assertThat(CoreDriver.text(drip)).isEqualTo("v");
		assertThat(this.kv.get("k").latency()).isEqualTo(Duration.ofSeconds(7));
		assertThat(this.kv.get("k").latency()).isZero();
	}

	@Test
	void someKeysOfABulkCallFail() {
		this.faults.next(1, KvFault.unsuccessfulKeys("b"::equals), KvCallKind.BULK_PUT);
		KvEmulatorResponse put = this.kv.kv("PUT", "/bulk",
				"[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"1\"}]");
		assertThat(CoreDriver.text(put)).contains("{\"successful_key_count\":1,\"unsuccessful_keys\":[\"b\"]}");
		assertThat(this.kv.contents().keys("")).containsExactly("a");
	}

	@Test
	void faultsMatchByKeyAndClient() {
		CoreDriver other = new CoreDriver(this.kv.core, "other");
		this.faults.every(KvFault.status(500), (call) -> call.keys().contains("k") && call.client().equals("other"));
		assertThat(this.kv.get("k").status()).isEqualTo(404);
		assertThat(other.get("x").status()).isEqualTo(404);
		assertThat(other.get("k").status()).isEqualTo(500);
	}

	@Test
	void upcomingFaultsComeBeforeStandingOnes() {
		this.faults.every(KvFault.status(500));
		this.faults.next(1, KvFault.status(503));
		assertThat(this.kv.get("k").status()).isEqualTo(503);
		assertThat(this.kv.get("k").status()).isEqualTo(500);
	}

	@Test
	void aProbabilityHitsItsShareOfCallsAlikeForEachSeed() {
		this.faults.sometimes(0.25, KvFault.status(503), KvCallKind.GET);
		List<Integer> first = statuses();
		assertThat(first).filteredOn((status) -> status == 503).hasSizeBetween(200, 300);
		this.kv.core.reset();
		this.faults.sometimes(0.25, KvFault.status(503), KvCallKind.GET);
		assertThat(statuses()).isEqualTo(first);
	}

	private List<Integer> statuses() {
		return IntStream.range(0, 1000).mapToObj((i) -> this.kv.get("k").status()).toList();
	}

}
