package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvAnswerTooLargeException;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvBudgetException;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.engine.pace.Pace;

import static org.assertj.core.api.Assertions.assertThat;

class PartsTests {

	private final PlainClient client = new PlainClient();

	@Test
	@DisplayName("P10 a part of a refused batch of touches does not hold up a login's part")
	void aTouchDoesNotHoldUpALogin() {
		KvEngine engine = this.client.engine(KvBudget.CLOUDFLARE);
		this.client.says(1000, Duration.ofMinutes(5));
		engine.get("first", KvCallClass.LOGIN);
		IntStream.range(0, 8).forEach((i) -> engine.put(EngineRig.pair("t" + i), KvCallClass.TOUCH));
		this.client.latency = Duration.ofSeconds(1);
		this.client.failures = (call) -> (call.startsWith("putAll")) ? new KvRequestRefusedException("400", null)
				: null;
		this.client.pass(Duration.ofMillis(3_100));
		// Others use the token: background work gives way.
		this.client.says(100, Duration.ofMinutes(5));
		this.client.pass(Duration.ofSeconds(1));
		IntStream.range(0, 8).forEach((i) -> engine.get("busy" + i, KvCallClass.READ));
		List<CompletableFuture<Void>> logins = List.of(engine.put(EngineRig.pair("l1"), KvCallClass.LOGIN),
				engine.put(EngineRig.pair("l2"), KvCallClass.LOGIN));
		this.client.pass(Duration.ofSeconds(15));
		assertThat(this.client.calls()).contains("putAll 8", "putAll 2").doesNotContain("putAll 4");
		assertThat(logins).allSatisfy((login) -> assertThat(login).isCompleted());
	}

	@Test
	@DisplayName("P11 a part waits for a call for no longer than 20 s")
	void aPartIsTurnedAwayInTime() {
		KvEngine engine = this.client.engine(KvBudget.CLOUDFLARE);
		List<CompletableFuture<Void>> writes = refused(engine, 2);
		this.client.says(0, Duration.ofMinutes(5));
		this.client.pass(Duration.ofMillis(1_500));
		assertThat(writes).allSatisfy((write) -> assertThat(write).isNotDone());
		this.client.pass(Duration.ofSeconds(20));
		writes.forEach((write) -> EngineRig.failure(write, KvBudgetException.class));
	}

	@Test
	@DisplayName("P3 a batch of which each pair is refused is divided without an end of the stack")
	void manyPartsThatAreAnsweredAtOnce() {
		KvEngine engine = this.client.engine(KvBudget.UNLIMITED);
		List<CompletableFuture<Void>> writes = refused(engine, 9_000);
		this.client.failures = (call) -> new KvRequestRefusedException("400", null);
		this.client.latency = Duration.ZERO;
		this.client.pass(Duration.ofSeconds(5));
		writes.forEach((write) -> EngineRig.failure(write, KvRequestRefusedException.class));
		assertThat(engine.status().underWay()).isZero();
	}

	@Test
	void whoIsToldMayWaitForAnotherCall() {
		KvEngine engine = this.client.engine(KvBudget.UNLIMITED);
		List<CompletableFuture<Void>> writes = refused(engine, 2);
		this.client.latency = Duration.ZERO;
		List<String> told = new ArrayList<>();
		writes.get(1).thenRun(() -> told.add(engine.get("nested", KvCallClass.READ).join().orElseThrow()));
		this.client.pass(Duration.ofSeconds(5));
		assertThat(told).containsExactly("v");
	}

	@Test
	@DisplayName("P8 reads whose answer is too large are divided, and do not make KV count as down")
	void anAnswerTooLargeIsAskedForInParts() {
		KvEngine engine = this.client.engine(KvBudget.UNLIMITED);
		this.client.latency = Duration.ofMillis(10);
		this.client.failures = (call) -> (call.startsWith("getAll") && size(call) > 6)
				? new KvAnswerTooLargeException("large", null) : null;
		List<CompletableFuture<?>> reads = new ArrayList<>();
		for (int i = 0; i < 206; i++) {
			reads.add(engine.get("k" + i, KvCallClass.READ));
		}
		this.client.pass(Duration.ofSeconds(5));
		assertThat(this.client.calls()).contains("getAll 100", "getAll 50", "getAll 6");
		assertThat(reads).allSatisfy((read) -> assertThat(read).isCompleted());
		assertThat(engine.status().circuit()).isEqualTo(KvEngineStatus.Circuit.CLOSED);
	}

	@Test
	void oneAnswerTooLargeFailsAlone() {
		KvEngine engine = this.client.engine(KvBudget.UNLIMITED);
		this.client.failures = (call) -> new KvAnswerTooLargeException("large", null);
		EngineRig.failure(engine.get("k", KvCallClass.READ), KvAnswerTooLargeException.class);
		assertThat(this.client.calls()).hasSize(1);
	}

	private static int size(String call) {
		return Integer.parseInt(call.substring(call.indexOf(' ') + 1));
	}

	/** Asks for writes that leave in one call, a second later, and are refused. */
	private List<CompletableFuture<Void>> refused(KvEngine engine, int count) {
		this.client.latency = Duration.ofSeconds(1);
		this.client.failures = (call) -> (call.startsWith("putAll")) ? new KvRequestRefusedException("400", null)
				: null;
		IntStream.range(0, Pace.MOST_UNDER_WAY).forEach((i) -> engine.get("busy" + i, KvCallClass.READ));
		return IntStream.range(0, count)
			.mapToObj((i) -> engine.put(EngineRig.pair("w" + i), KvCallClass.WRITE))
			.toList();
	}

}
