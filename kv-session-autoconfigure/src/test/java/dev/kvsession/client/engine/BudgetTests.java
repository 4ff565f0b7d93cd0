package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetTests {

	private static EngineRig rig(KvRateLimit.Counting counting) {
		return new EngineRig(KvEmulatorSettings.strong().withRateLimit(KvRateLimit.cloudflare().counting(counting)),
				KvBudget.CLOUDFLARE);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P10 an hour of flood stays inside the budget, however KV counts, and uses most of it")
	void staysInside(KvRateLimit.Counting counting) {
		EngineRig rig = rig(counting);
		KvEngine engine = rig.engine();
		for (int i = 0; i < 2000; i++) {
			rig.contents().store("r" + i, "v", Duration.ofDays(1));
		}
		new Flood(rig).add(20, (i) -> engine.get("r" + (i * 7) % 2000, KvCallClass.READ))
			.add(5, (i) -> engine.put(EngineRig.pair("w" + i % 5000), KvCallClass.WRITE))
			.add(20, (i) -> engine.get("r" + (i * 3) % 2000, KvCallClass.REFRESH))
			.add(2, (i) -> engine.put(EngineRig.pair("t" + i % 5000), KvCallClass.TOUCH))
			.add(1, (i) -> engine.put(EngineRig.pair("l" + i), KvCallClass.LOGIN))
			.run(Duration.ofHours(1));
		List<KvCall> calls = rig.calls();
		Flood.assertInside(KvBudget.CLOUDFLARE, calls);
		assertThat(calls.size()).isGreaterThan(12_000);
	}

	@Test
	@DisplayName("P10 no class is starved by a flood of another")
	void eachClassHasItsPart() {
		EngineRig rig = rig(KvRateLimit.Counting.FIXED);
		KvEngine engine = rig.engine();
		for (int i = 0; i < 10; i++) {
			sixty("flood" + i).forEach((key) -> rig.contents().store(key, "v", Duration.ofHours(1)));
		}
		Flood flood = new Flood(rig).add(20, (i) -> engine.getAll(sixty("flood" + i % 10), KvCallClass.READ))
			.add(100, (i) -> engine.get("fresh" + i, KvCallClass.REFRESH))
			.add(2, (i) -> engine.put(EngineRig.pair("w" + i), KvCallClass.WRITE))
			.add(2, (i) -> engine.put(EngineRig.pair("t" + i), KvCallClass.TOUCH));
		flood.run(Duration.ofMinutes(3));
		rig.kv().log().clear();
		flood.run(Duration.ofMinutes(5));
		assertThat(count(rig, (call) -> call.keys().stream().anyMatch((key) -> key.startsWith("w"))))
			.isGreaterThan(200);
		assertThat(count(rig, (call) -> call.keys().stream().anyMatch((key) -> key.startsWith("fresh"))))
			.isGreaterThan(100);
		assertThat(count(rig, (call) -> call.keys().stream().anyMatch((key) -> key.startsWith("t")))).isGreaterThan(80);
	}

	private static List<String> sixty(String name) {
		return IntStream.range(0, 60).mapToObj((i) -> name + "-" + i).toList();
	}

	private static long count(EngineRig rig, Predicate<KvCall> matching) {
		return rig.calls().stream().filter(matching).count();
	}

	@Test
	@DisplayName("P10 a login finds a free call at once, whatever else goes on")
	void aLoginIsNeverDelayed() {
		EngineRig rig = rig(KvRateLimit.Counting.SLIDING);
		KvEngine engine = rig.engine();
		Flood flood = new Flood(rig).add(100, (i) -> engine.get("random" + i, KvCallClass.UNKNOWN_ID))
			.add(100, (i) -> engine.put(EngineRig.pair("t" + i), KvCallClass.TOUCH))
			.add(20, (i) -> engine.put(EngineRig.pair("w" + i), KvCallClass.WRITE));
		for (int minute = 0; minute < 8; minute++) {
			flood.run(Duration.ofMinutes(1));
			CompletableFuture<Void> login = rig.put("login" + minute, KvCallClass.LOGIN);
			CompletableFuture<Void> logout = engine.delete("login" + minute, KvCallClass.LOGIN);
			rig.pass(EngineRig.LATENCY.multipliedBy(3));
			assertThat(login).isCompleted();
			rig.pass(Duration.ofMillis(400));
			assertThat(logout).isCompleted();
		}
		Flood.assertInside(KvBudget.CLOUDFLARE, rig.calls());
	}

	@Test
	@DisplayName("P10 a flood that lasts leaves calls for a burst of logins")
	void aLastingFloodLeavesLoginsABurst() {
		EngineRig rig = rig(KvRateLimit.Counting.SLIDING);
		KvEngine engine = rig.engine();
		Flood flood = new Flood(rig).add(100, (i) -> engine.get("r" + i, KvCallClass.REFRESH))
			.add(20, (i) -> engine.put(EngineRig.pair("w" + i), KvCallClass.WRITE));
		flood.run(Duration.ofMinutes(20));
		List<CompletableFuture<Void>> logins = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			logins.add(rig.put("login" + i, KvCallClass.LOGIN));
			rig.pass(Duration.ofMillis(250));
		}
		assertThat(logins).allSatisfy((login) -> assertThat(login).isCompleted());
		flood.run(Duration.ofMinutes(10));
		Flood.assertInside(KvBudget.CLOUDFLARE, rig.calls());
	}

	@Test
	@DisplayName("P10 an endless flood of logins does not starve the others")
	void loginsLeaveTheOthersTheirPart() {
		EngineRig rig = rig(KvRateLimit.Counting.SLIDING);
		List<Duration> waits = new ArrayList<>();
		Flood flood = new Flood(rig).add(20, (i) -> rig.put("new" + i, KvCallClass.LOGIN)).add(1, (i) -> {
			Instant asked = rig.time().instant();
			return rig.engine()
				.get("new" + i, KvCallClass.READ)
				.whenComplete((found, failure) -> waits.add(Duration.between(asked, rig.time().instant())));
		});
		flood.run(Duration.ofMinutes(11));
		assertThat(waits).hasSizeGreaterThan(600)
			.allSatisfy((wait) -> assertThat(wait).isLessThan(Duration.ofSeconds(30)));
		Flood.assertInside(KvBudget.CLOUDFLARE, rig.calls());
	}

	@Test
	@DisplayName("P10 nor do logins that come one by one starve the others where calls are free")
	void loginsThatComeOneByOneLeaveTheOthersTheirPart() {
		EngineRig rig = new EngineRig();
		Stream.Builder<CompletableFuture<?>> reads = Stream.builder();
		for (int i = 0; i < 2000; i++) {
			rig.put("new" + i, KvCallClass.LOGIN);
			if (i % 50 == 0 && i < 1900) {
				reads.add(rig.read("r" + i));
			}
			rig.pass(EngineRig.LATENCY.dividedBy(7));
		}
		assertThat(reads.build()).allSatisfy((read) -> assertThat(read).isCompleted());
	}

	@Test
	@DisplayName("P10 a flood of guesses turns no other read, no write and no reload away")
	void aFloodIsTurnedAwayAlone() {
		EngineRig rig = rig(KvRateLimit.Counting.SLIDING);
		for (int i = 0; i < 20_000; i++) {
			rig.engine().get("random" + i, KvCallClass.UNKNOWN_ID);
		}
		assertThat(rig.engine().get("one more", KvCallClass.UNKNOWN_ID)).isCompletedExceptionally();
		assertThat(rig.read("held")).isNotCompletedExceptionally();
		assertThat(rig.put("changed", KvCallClass.WRITE)).isNotCompletedExceptionally();
		assertThat(rig.engine().get("known", KvCallClass.REFRESH)).isNotCompletedExceptionally();
	}

	@Test
	@DisplayName("P3 P10 a storm of logins is written by few calls, none lost")
	void aStormOfLogins() {
		EngineRig rig = rig(KvRateLimit.Counting.FIXED);
		new Flood(rig).add(500, (i) -> rig.put("s" + i, KvCallClass.LOGIN)).run(Duration.ofSeconds(10));
		rig.pass(Duration.ofSeconds(1));
		assertThat(rig.contents().keys("s")).hasSize(5000);
		assertThat(rig.calls().size()).isLessThan(300);
	}

	@Test
	@DisplayName("P10 a fresh process starts with a tenth of the burst until KV has said what is left")
	void startsWithCaution() {
		EngineRig silent = new EngineRig(KvEmulatorSettings.strong(), KvBudget.CLOUDFLARE);
		assertThat(callsOfOneSecond(silent)).isLessThan(30);
		EngineRig informed = rig(KvRateLimit.Counting.FIXED);
		assertThat(callsOfOneSecond(informed)).isGreaterThan(60);
	}

	@Test
	@DisplayName("P10 a fresh process does not use what its predecessor has used")
	void believesWhatIsLeft() {
		EngineRig rig = rig(KvRateLimit.Counting.SLIDING);
		KvEngine predecessor = rig.another(KvBudget.UNLIMITED);
		for (int i = 0; i < 1180; i++) {
			predecessor.delete("p" + i, KvCallClass.LOGIN);
			rig.answers();
		}
		new Flood(rig).add(100, (i) -> rig.engine().get("k" + i, KvCallClass.READ)).run(Duration.ofMinutes(2));
		assertThat(rig.calls()).allSatisfy((call) -> assertThat(call.status()).isNotEqualTo(429));
	}

	@Test
	@DisplayName("P11 when others have used up the token, nobody waits for longer than 20 s")
	void nobodyWaitsForTheWholePeriod() {
		EngineRig rig = rig(KvRateLimit.Counting.FIXED);
		KvEngine other = rig.another(KvBudget.UNLIMITED);
		for (int i = 0; i < 1199; i++) {
			other.delete("p" + i, KvCallClass.LOGIN);
			rig.answers();
		}
		rig.engine().get("last", KvCallClass.READ);
		rig.answers();
		CompletableFuture<?> read = rig.engine().get("k", KvCallClass.READ);
		CompletableFuture<?> login = rig.put("s", KvCallClass.LOGIN);
		rig.pass(Duration.ofSeconds(19));
		assertThat(read).isNotDone();
		rig.pass(Duration.ofSeconds(2));
		assertThat(read).isCompletedExceptionally();
		assertThat(login).isCompletedExceptionally();
		Flood.assertInside(KvBudget.CLOUDFLARE, rig.calls());
		rig.pass(Duration.ofMinutes(5));
		CompletableFuture<?> again = rig.engine().get("k", KvCallClass.READ);
		rig.pass(Duration.ofSeconds(1));
		assertThat(again.join()).isEqualTo(Optional.empty());
	}

	private static int callsOfOneSecond(EngineRig rig) {
		for (int i = 0; i < 100; i++) {
			rig.put("c" + i, KvCallClass.WRITE);
			rig.pass(Duration.ofMillis(10));
		}
		return rig.calls(KvCallKind.PUT, KvCallKind.BULK_PUT).size();
	}

	@Test
	@DisplayName("P10 two instances that divide the budget are never blocked")
	void sharesAddUp() {
		KvBudget half = new KvBudget(600, Duration.ofMinutes(5));
		EngineRig rig = new EngineRig(KvEmulatorSettings.strong()
			.withRateLimit(KvRateLimit.cloudflare().counting(KvRateLimit.Counting.SLIDING)), half);
		KvEngine other = rig.another(half);
		new Flood(rig).add(20, (i) -> rig.engine().get("a" + i, KvCallClass.READ))
			.add(20, (i) -> other.get("b" + i, KvCallClass.WRITE))
			.add(20, (i) -> other.put(EngineRig.pair("t" + i), KvCallClass.WRITE))
			.run(Duration.ofMinutes(11));
		Flood.assertInside(KvBudget.CLOUDFLARE, rig.calls());
	}

}
