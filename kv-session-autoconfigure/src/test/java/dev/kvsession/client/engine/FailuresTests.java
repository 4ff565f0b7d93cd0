package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTests {

	private final EngineRig rig = new EngineRig();

	private final KvEngine engine = this.rig.engine();

	@ParameterizedTest
	@CsvSource({ "0, PT0.5S, PT1S", "1, PT0.375S, PT0.75S" })
	void aReadIsRepeatedTwiceWithGrowingWaits(double jitter, Duration first, Duration second) {
		this.rig.jitter(jitter);
		this.rig.faults().next(2, KvFault.status(503));
		CompletableFuture<?> read = this.rig.read("a");
		this.rig.pass(EngineRig.LATENCY.plus(first).minusMillis(1));
		assertThat(this.rig.calls()).hasSize(1);
		this.rig.pass(Duration.ofMillis(1));
		assertThat(this.rig.calls()).hasSize(2);
		this.rig.pass(EngineRig.LATENCY.plus(second));
		assertThat(this.rig.calls()).hasSize(3);
		this.rig.answers();
		assertThat(read).isCompleted();
	}

	@Test
	void aReadWithoutAnswerIsUnavailable() {
		this.rig.faults().every(KvFault.resetBefore());
		CompletableFuture<?> read = this.rig.read("a");
		this.rig.pass(Duration.ofSeconds(10));
		EngineRig.failure(read, KvUnavailableException.class);
		assertThat(this.rig.calls()).hasSize(3);
	}

	@Test
	@DisplayName("P6 a write is not repeated within the second after its answer")
	void aWriteIsRepeatedASecondLater() {
		this.rig.faults().next(1, KvFault.lostAfterWrite());
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.pass(EngineRig.LATENCY.plusMillis(999));
		assertThat(this.rig.calls()).hasSize(1);
		this.rig.pass(Duration.ofMillis(1));
		assertThat(this.rig.calls()).hasSize(2);
		this.rig.answers();
		assertThat(write).isCompleted();
	}

	@Test
	void aWriteOnceLostStaysUnknownWhateverComesAfter() {
		this.rig.faults().next(1, KvFault.lostAfterWrite());
		this.rig.faults().next(1, KvFault.wrongToken());
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.pass(Duration.ofSeconds(10));
		assertThat(EngineRig.failure(write, KvUnknownOutcomeException.class))
			.hasCauseInstanceOf(KvAuthorizationException.class);
	}

	@Test
	void aWriteThatNeverHappenedIsUnavailable() {
		this.rig.faults().every(KvFault.status(503));
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.pass(Duration.ofSeconds(10));
		EngineRig.failure(write, KvUnavailableException.class);
		assertThat(this.rig.calls()).hasSize(3);
	}

	@Test
	void whatCannotPassIsNotRepeated() {
		this.rig.faults().every(KvFault.wrongToken());
		CompletableFuture<?> read = this.rig.read("a");
		this.rig.pass(Duration.ofMinutes(1));
		EngineRig.failure(read, KvAuthorizationException.class);
		assertThat(this.rig.calls()).hasSize(1);
	}

	@Test
	@DisplayName("P6 keys that a bulk call reports go together into the next, a second later")
	void unsuccessfulKeysGoTogether() {
		this.rig.faults().next(1, KvFault.unsuccessfulKeys(Set.of("a", "c")::contains), KvCallKind.BULK_PUT);
		this.rig.occupy();
		CompletableFuture<Void> a = this.rig.put("a", KvCallClass.WRITE);
		CompletableFuture<Void> b = this.rig.put("b", KvCallClass.WRITE);
		CompletableFuture<Void> c = this.rig.put("c", KvCallClass.WRITE);
		this.rig.answers();
		this.rig.answers();
		assertThat(b).isCompleted();
		this.rig.pass(Duration.ofMillis(999));
		assertThat(this.rig.sizes()).containsExactly(3);
		this.rig.pass(Duration.ofMillis(1));
		assertThat(this.rig.sizes()).containsExactly(3, 2);
		this.rig.answers();
		assertThat(a).isCompleted();
		assertThat(c).isCompleted();
	}

	@Test
	@DisplayName("P6 a key's own 429 delays that key alone, a bounded number of times")
	void aKeysOwnLimitDelaysThatKey() {
		this.rig.faults().every(KvFault.keyWrittenTooOften(), (call) -> call.keys().contains("hot"));
		CompletableFuture<Void> hot = this.rig.put("hot", KvCallClass.WRITE);
		this.rig.pass(Duration.ofMillis(100));
		CompletableFuture<Void> other = this.rig.put("other", KvCallClass.WRITE);
		this.rig.answers();
		assertThat(other).isCompleted();
		assertThat(this.engine.isAvailable()).isTrue();
		this.rig.pass(Duration.ofMinutes(1));
		EngineRig.failure(hot, KvKeyRateLimitException.class);
		assertThat(this.rig.calls()).hasSize(6);
	}

}
