package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class SmallBudgetTests {

	private static final Duration PERIOD = Duration.ofMinutes(5);

	private static EngineRig rig(int calls) {
		return new EngineRig(KvEmulatorSettings.strong(), new KvBudget(calls, PERIOD));
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 5, 10, 12, 15, 18, 20, 30, 60, 120 })
	@DisplayName("P10 however small the budget, reads leave a call to a login")
	void readsLeaveACallToALogin(int calls) {
		EngineRig rig = rig(calls);
		rig.pass(Duration.ofMinutes(30));
		Flood flood = new Flood(rig).add(1, (i) -> rig.engine().get("k" + i, KvCallClass.WRITE));
		for (int minutes = 0; minutes < 3; minutes++) {
			flood.run(Duration.ofMinutes(2));
			CompletableFuture<Void> login = rig.put("login" + minutes, KvCallClass.LOGIN);
			rig.pass(Duration.ofSeconds(1));
			assertThat(login).isCompleted();
			flood.run(Duration.ofMinutes(7));
		}
		assertThat(rig.calls().size()).isGreaterThan(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 5, 50, 99 })
	@DisplayName("P10 a small budget leaves one call of each period to the look-up of the account")
	void leavesACallToTheLookUp(int calls) {
		EngineRig rig = rig(calls);
		new Flood(rig).add(5, (i) -> rig.engine().get("k" + i, KvCallClass.WRITE))
			.add(5, (i) -> rig.put("l" + i, KvCallClass.LOGIN))
			.run(Duration.ofMinutes(30));
		Flood.assertInside(new KvBudget(calls - 1, PERIOD), rig.calls());
	}

	@Test
	@DisplayName("P10 a budget of one call makes one call in a period, whoever comes first")
	void oneCallIsOneCall() {
		EngineRig rig = rig(1);
		Flood flood = new Flood(rig).add(1, (i) -> rig.engine().get("k" + i, KvCallClass.WRITE));
		flood.run(Duration.ofMinutes(30));
		Flood.assertInside(new KvBudget(1, PERIOD), rig.calls());
		assertThat(rig.calls().size()).isGreaterThan(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1200, 200_000, 1_000_000 })
	@DisplayName("P10 however large the budget, no more than 100 calls leave in a second")
	void neverTooManyASecond(int calls) {
		EngineRig rig = rig(calls);
		for (int millis = 0; millis < 5_000; millis++) {
			rig.put("w" + millis, KvCallClass.WRITE);
			rig.put("l" + millis, KvCallClass.LOGIN);
			rig.engine().delete("d" + millis, KvCallClass.LOGIN);
			rig.pass(Duration.ofMillis(1));
		}
		Map<Instant, Long> perSecond = rig.calls()
			.stream()
			.collect(Collectors.groupingBy((call) -> Instant.ofEpochSecond(call.at().getEpochSecond()),
					Collectors.counting()));
		assertThat(perSecond.values()).allSatisfy((count) -> assertThat(count).isLessThanOrEqualTo(100));
	}

}
