package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTests {

	private static final KvEmulatorSettings LIMITED = KvEmulatorSettings.strong()
		.withRateLimit(KvRateLimit.cloudflare());

	@Test
	void nothingIsRefusedOrUsedUpAtTheStart() {
		KvEngineStatus status = new EngineRig().engine().status();
		assertThat(status.quotaUsedUp()).isEmpty();
		assertThat(status.refused())
			.containsExactlyInAnyOrderEntriesOf(Map.of("queue_full", 0L, "waited_too_long", 0L, "strangers", 0L));
	}

	@Test
	@DisplayName("P10 the status names what the daily quota stops, until midnight")
	void namesWhatTheQuotaStops() {
		EngineRig rig = new EngineRig();
		rig.pass(Duration.ofHours(20));
		rig.faults().every(KvFault.quotaExhausted(), KvCallKind.PUT);
		rig.put("a", KvCallClass.WRITE);
		rig.answers();
		assertThat(rig.engine().status().quotaUsedUp()).containsExactly("writes");
		rig.faults().every(KvFault.quotaExhausted(), KvCallKind.DELETE);
		rig.engine().delete("a", KvCallClass.LOGIN);
		rig.answers();
		assertThat(rig.engine().status().quotaUsedUp()).containsExactlyInAnyOrder("writes", "deletes");
		rig.pass(Duration.ofHours(4));
		assertThat(rig.engine().status().quotaUsedUp()).isEmpty();
	}

	@Test
	@DisplayName("P10 the status counts what was turned away, by reason")
	void countsWhatWasTurnedAway() {
		EngineRig rig = new EngineRig(LIMITED, KvBudget.CLOUDFLARE);
		for (int i = 0; i < 20_000; i++) {
			rig.engine().get("random" + i, KvCallClass.WRITE);
		}
		assertThat(rig.engine().status().refused().get("queue_full")).isBetween(9_000L, 10_000L);
		new Flood(rig).add(400, (i) -> rig.engine().get("guess" + i, KvCallClass.UNKNOWN_ID))
			.run(Duration.ofMinutes(3));
		assertThat(rig.engine().status().refused().get("strangers")).isPositive();
	}

	@Test
	@DisplayName("P11 the status counts who has waited too long")
	void countsWhoHasWaitedTooLong() {
		EngineRig rig = new EngineRig(LIMITED, KvBudget.CLOUDFLARE);
		useUp(rig, 1199);
		rig.engine().get("last", KvCallClass.WRITE);
		rig.answers();
		rig.put("s", KvCallClass.LOGIN);
		rig.pass(Duration.ofSeconds(21));
		assertThat(rig.engine().status().refused()).containsEntry("waited_too_long", 1L).containsEntry("strangers", 0L);
	}

	@Test
	@DisplayName("P10 the calls left are no more than the token has, whoever used it")
	void knowsWhatTheTokenHasLeft() {
		EngineRig rig = new EngineRig(LIMITED, KvBudget.CLOUDFLARE);
		assertThat(rig.engine().status().budgetLeft()).isEqualTo(1200);
		useUp(rig, 1000);
		rig.read("a");
		rig.answers();
		assertThat(rig.engine().status().budgetLeft()).isEqualTo(199);
	}

	private static void useUp(EngineRig rig, int calls) {
		KvEngine other = rig.another(KvBudget.UNLIMITED);
		for (int i = 0; i < calls; i++) {
			other.delete("p" + i, KvCallClass.LOGIN);
			rig.answers();
		}
	}

}
