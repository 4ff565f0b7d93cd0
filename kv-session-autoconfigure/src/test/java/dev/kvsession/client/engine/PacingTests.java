package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvBudgetException;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

class PacingTests {

	private final EngineRig rig = new EngineRig(KvEmulatorSettings.strong().withRateLimit(KvRateLimit.cloudflare()),
			KvBudget.CLOUDFLARE);

	private final KvEngine engine = this.rig.engine();

	@Test
	@DisplayName("P1 a read goes at once while the burst is more than half full")
	void goesAtOnceWhileThereIsEnough() {
		inform();
		for (int i = 0; i < 100; i++) {
			CompletableFuture<?> read = this.engine.get("k" + i, KvCallClass.WRITE);
			this.rig.pass(Duration.ofMillis(25));
			assertThat(read).isCompleted();
		}
		assertThat(this.rig.sizes()).containsOnly(1);
	}

	@Test
	@DisplayName("P10 below, calls leave at slots that grow to the refill interval, and take all that waits")
	void gapsGrowAsTheBurstIsUsedUp() {
		inform();
		new Flood(this.rig).add(80, (i) -> this.engine.get("k" + i, KvCallClass.WRITE)).run(Duration.ofMinutes(2));
		List<KvCall> calls = this.rig.calls();
		assertThat(gap(calls, 50)).isLessThan(Duration.ofMillis(110));
		Instant begin = calls.get(0).at();
		assertThat(calls).filteredOn((call) -> call.at().isAfter(begin.plusSeconds(9)))
			.filteredOn((call) -> call.at().isBefore(begin.plusSeconds(13)))
			.hasSizeBetween(20, 65);
		assertThat(gap(calls, calls.size() - 1)).isBetween(Duration.ofMillis(300), Duration.ofMillis(345));
		assertThat(calls.get(calls.size() - 1).keys()).hasSizeBetween(20, 35);
		assertThat(this.engine.status().waitingReads()).isLessThan(40);
	}

	private static Duration gap(List<KvCall> calls, int index) {
		Instant before = calls.get(index - 1).at();
		return Duration.between(before, calls.get(index).at());
	}

	@Test
	@DisplayName("P2 guesses spend a bounded part of the calls and are refused beyond, never told absent")
	void guessesAreBounded() {
		inform();
		Flood flood = new Flood(this.rig).add(400, (i) -> this.engine.get("guess" + i, KvCallClass.UNKNOWN_ID));
		flood.run(Duration.ofMinutes(3));
		this.rig.kv().log().clear();
		CompletableFuture<?> one = this.engine.get("one", KvCallClass.UNKNOWN_ID);
		flood.run(Duration.ofMinutes(5));
		EngineRig.failure(one, KvBudgetException.class);
		assertThat(this.rig.calls().size()).isBetween(150, 200);
		assertThat(this.engine.status().waitingReads()).isLessThan(900);
	}

	@Test
	@DisplayName("P2 while keys are found there is no such bound")
	void whatIsFoundIsNotBounded() {
		IntStream.range(0, 1000).forEach((i) -> this.rig.contents().store("k" + i, "v", Duration.ofHours(1)));
		inform();
		List<CompletableFuture<?>> reads = new ArrayList<>();
		new Flood(this.rig).add(200, (i) -> {
			CompletableFuture<?> read = this.engine.get("k" + i % 1000, KvCallClass.UNKNOWN_ID);
			reads.add(read);
			return read;
		}).run(Duration.ofMinutes(3));
		this.rig.pass(Duration.ofSeconds(2));
		assertThat(reads).filteredOn((read) -> read.isCompletedExceptionally() || !read.isDone()).isEmpty();
	}

	@Test
	@DisplayName("P10 a flood of logins that outlasts the burst leaves calls to reads")
	void loginsLeaveCallsToReads() {
		inform();
		List<Duration> waits = new ArrayList<>();
		new Flood(this.rig).add(50, (i) -> this.engine.put(EngineRig.pair("l" + i), KvCallClass.LOGIN)).add(10, (i) -> {
			Instant asked = this.rig.time().instant();
			CompletableFuture<?> read = this.engine.get("r" + i, KvCallClass.READ);
			read.thenRun(() -> waits.add(Duration.between(asked, this.rig.time().instant())));
			return read;
		}).run(Duration.ofMinutes(2));
		assertThat(waits).hasSizeGreaterThan(1150)
			.allSatisfy((wait) -> assertThat(wait).isLessThan(Duration.ofSeconds(3)));
	}

	@Test
	@DisplayName("P10 background work gives way when others use the token")
	void backgroundGivesWay() {
		KvEngine other = this.rig.another(new KvBudget(0, Duration.ofMinutes(5)));
		new Flood(this.rig).add(1, (i) -> this.engine.get("k" + i, KvCallClass.WRITE))
			.add(300, (i) -> this.engine.get("r" + i, KvCallClass.REFRESH))
			.add(2, (i) -> other.delete("foreign" + i, KvCallClass.LOGIN))
			.run(Duration.ofSeconds(280));
		assertThat(this.rig.calls()).allSatisfy((call) -> assertThat(call.status()).isNotEqualTo(429));
		CompletableFuture<?> read = this.engine.get("k", KvCallClass.WRITE);
		this.rig.pass(Duration.ofMillis(500));
		assertThat(read).isCompleted();
	}

	private void inform() {
		this.engine.delete("first", KvCallClass.LOGIN);
		this.rig.answers();
		this.rig.kv().log().clear();
	}

}
