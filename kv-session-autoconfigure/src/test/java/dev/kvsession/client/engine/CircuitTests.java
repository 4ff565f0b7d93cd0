package dev.kvsession.client.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.UnansweredException;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitTests {

	private final EngineRig rig = new EngineRig();

	private final KvEngine engine = this.rig.engine();

	@Test
	@DisplayName("P11 with the circuit open nothing is sent and nobody waits")
	void failsAtOnce() {
		goDown(KvFault.status(503));
		KvUnavailableException read = EngineRig.failure(this.rig.read("x"), KvUnavailableException.class);
		assertThat(read).hasMessageContaining("circuit open");
		assertThat(read.retryAfter()).isPositive().isLessThan(Duration.ofSeconds(12));
		EngineRig.failure(this.rig.put("y", KvCallClass.LOGIN), KvUnavailableException.class);
		EngineRig.failure(this.engine.delete("z", KvCallClass.LOGIN), KvUnavailableException.class);
		assertThat(this.rig.calls()).isEmpty();
		assertThat(this.engine.isAvailable()).isFalse();
		assertThat(this.engine.status().circuit()).isEqualTo(KvEngineStatus.Circuit.OPEN);
	}

	@Test
	@DisplayName("P11 what waits for a repetition fails as well when the circuit opens")
	void failsWhatWaits() {
		this.rig.faults().every(KvFault.lostAfterWrite());
		CompletableFuture<Void> first = this.rig.put("first", KvCallClass.WRITE);
		this.rig.pass(Duration.ofMillis(500));
		for (int i = 0; i < 4; i++) {
			this.rig.put("k" + i, KvCallClass.WRITE);
		}
		this.rig.answers();
		EngineRig.failure(first, KvUnknownOutcomeException.class);
		assertThat(this.engine.status().waitingWrites()).isZero();
	}

	@Test
	@DisplayName("P11 one call in the background finds out that KV is back, at growing distances")
	void probesInTheBackground() {
		goDown(KvFault.resetBefore());
		CompletableFuture<Void> back = this.engine.whenAvailable();
		this.rig.pass(Duration.ofMinutes(10));
		assertThat(this.rig.calls()).hasSizeBetween(10, 14);
		this.rig.kv().log().clear();
		this.rig.pass(Duration.ofMinutes(1).minus(EngineRig.LATENCY));
		assertThat(this.rig.calls()).hasSizeLessThanOrEqualTo(1);
		assertThat(back).isNotDone();
		this.rig.faults().clear();
		this.rig.pass(Duration.ofSeconds(61));
		assertThat(back).isCompleted();
		assertThat(this.engine.isAvailable()).isTrue();
		assertThat(this.engine.whenAvailable()).isCompleted();
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.answers();
		assertThat(write).isCompleted();
	}

	@Test
	void theFirstProbeComesSoon() {
		goDown(KvFault.html(200));
		this.rig.faults().clear();
		this.rig.pass(Duration.ofMillis(5_100));
		assertThat(this.engine.isAvailable()).isTrue();
	}

	@Test
	void anAnswerThatRefusesIsAnAnswer() {
		goDown(KvFault.status(503));
		this.rig.faults().clear();
		this.rig.faults().every(KvFault.wrongToken());
		this.rig.pass(Duration.ofSeconds(6));
		assertThat(this.engine.isAvailable()).isTrue();
	}

	@Test
	void wrongTokensAndNamespacesDoNotOpenIt() {
		this.rig.faults().every(KvFault.wrongToken());
		for (int i = 0; i < 20; i++) {
			this.rig.read("k" + i);
			this.rig.answers();
		}
		assertThat(this.engine.status().circuit()).isEqualTo(KvEngineStatus.Circuit.CLOSED);
	}

	@Test
	@DisplayName("P11 a write that something in between refuses stops nobody else; refused reads are an outage")
	void foreignRefusals() {
		this.rig.faults().every(KvFault.status(406), KvCallKind.PUT, KvCallKind.BULK_PUT);
		for (int i = 0; i < 20; i++) {
			EngineRig.failure(put("k" + i), KvForeignRefusalException.class);
		}
		assertThat(this.engine.isAvailable()).isTrue();
		this.rig.faults().clear();
		this.rig.faults().every(KvFault.status(407));
		for (int i = 0; i < 6; i++) {
			EngineRig.failure(read("k" + i), KvException.class);
		}
		this.rig.pass(Duration.ofMinutes(2));
		assertThat(this.engine.isAvailable()).isFalse();
		this.rig.faults().clear();
		this.rig.pass(Duration.ofMinutes(2));
		assertThat(this.engine.isAvailable()).isTrue();
	}

	@Test
	@DisplayName("P11 a large write without an answer says nothing about KV")
	void largeWritesSayNothing() {
		this.rig.faults().every(KvFault.lostAfterWrite());
		for (int i = 0; i < 20; i++) {
			this.engine.put(new KvPair("k" + i, "x".repeat(300_000), Duration.ofHours(1)), KvCallClass.WRITE);
			this.rig.pass(Duration.ofSeconds(10));
		}
		assertThat(this.engine.isAvailable()).isTrue();
		goDown(KvFault.lostAfterWrite());
		assertThat(this.engine.isAvailable()).isFalse();
	}

	@Test
	@DisplayName("P11 an Error in this application says nothing about KV, and does not let a probe succeed")
	void errorsSayNothing() {
		PlainClient client = new PlainClient();
		KvEngine plain = client.engine(KvBudget.UNLIMITED);
		Error error = new Error("java.lang.OutOfMemoryError");
		client.failures = (call) -> new KvUnknownOutcomeException("A call ended in an Error", error);
		plain.put(EngineRig.pair("a"), KvCallClass.WRITE);
		client.failures = (call) -> new KvUnavailableException("A read ended in an Error", error);
		for (int i = 0; i < 20; i++) {
			plain.get("a" + i, KvCallClass.READ);
			client.pass(Duration.ofSeconds(2));
		}
		assertThat(plain.isAvailable()).isTrue();
		client.failures = (call) -> new KvUnavailableException("down", null);
		for (int i = 0; i < 20; i++) {
			plain.get("b" + i, KvCallClass.READ);
			client.pass(Duration.ofSeconds(2));
		}
		assertThat(plain.isAvailable()).isFalse();
		client.failures = (call) -> {
			throw new OutOfMemoryError();
		};
		client.pass(Duration.ofMinutes(3));
		assertThat(plain.isAvailable()).isFalse();
		client.failures = (call) -> null;
		client.pass(Duration.ofMinutes(3));
		assertThat(plain.isAvailable()).isTrue();
	}

	@Test
	@DisplayName("P11 a probe on a connection that was closed while it was idle is repeated at once, but only once")
	void unansweredProbe() {
		PlainClient client = new PlainClient();
		KvEngine plain = client.engine(KvBudget.UNLIMITED);
		client.failures = (call) -> new KvUnavailableException("down", null);
		for (int i = 0; i < 6; i++) {
			plain.get("a" + i, KvCallClass.READ);
		}
		client.pass(Duration.ofSeconds(3));
		assertThat(plain.isAvailable()).isFalse();
		client.calls().clear();
		KvException unanswered = new KvUnavailableException("closed", new UnansweredException(new IOException()));
		client.failures = (call) -> unanswered;
		client.pass(Duration.ofSeconds(6));
		assertThat(client.calls()).hasSize(2);
		assertThat(plain.isAvailable()).isFalse();
		client.calls().clear();
		client.failures = (call) -> (client.calls().size() == 1) ? unanswered : null;
		client.pass(Duration.ofSeconds(12));
		assertThat(client.calls()).hasSize(2);
		assertThat(plain.isAvailable()).isTrue();
	}

	@Test
	@DisplayName("P11 calls that take half of the read time-out or longer open the circuit, answered or not")
	void slowCallsOpenIt() {
		this.rig.faults().every(KvFault.delayed(Duration.ofMillis(2500)));
		for (int i = 0; i < 6; i++) {
			this.rig.read("k" + i);
		}
		this.rig.pass(Duration.ofSeconds(3));
		assertThat(this.engine.isAvailable()).isFalse();
		// A probe that is slow finds out that KV still is.
		this.rig.pass(Duration.ofMinutes(3));
		assertThat(this.engine.isAvailable()).isFalse();
		this.rig.faults().clear();
		this.rig.pass(Duration.ofMinutes(2));
		assertThat(this.engine.isAvailable()).isTrue();
	}

	@Test
	@DisplayName("P11 calls that take less than half of the read time-out, or few that take longer, do not")
	void lessSlowCallsDoNot() {
		this.rig.faults().every(KvFault.delayed(Duration.ofMillis(2400)));
		for (int i = 0; i < 20; i++) {
			this.rig.read("k" + i);
			this.rig.pass(Duration.ofMillis(2500));
		}
		this.rig.faults().clear();
		for (int i = 0; i < 40; i++) {
			if (i % 5 == 0) {
				this.rig.faults().next(1, KvFault.delayed(Duration.ofSeconds(4)));
			}
			this.rig.read("l" + i);
			this.rig.pass(Duration.ofSeconds(5));
		}
		assertThat(this.engine.isAvailable()).isTrue();
	}

	@Test
	@DisplayName("P11 a write of many pairs may take its time")
	void largeWritesMayBeSlow() {
		EngineRig budgeted = new EngineRig(KvEmulatorSettings.strong(), KvBudget.CLOUDFLARE);
		budgeted.faults().every(KvFault.delayed(Duration.ofSeconds(4)), KvCallKind.BULK_PUT);
		for (int round = 0; round < 8; round++) {
			for (int i = 0; i < 300; i++) {
				budgeted.put("k" + round + "-" + i, KvCallClass.TOUCH);
			}
			budgeted.pass(Duration.ofSeconds(10));
			assertThat(budgeted.engine().isAvailable()).isTrue();
		}
		assertThat(budgeted.sizes(KvCallKind.BULK_PUT)).hasSizeGreaterThan(5)
			.allSatisfy((size) -> assertThat(size).isGreaterThan(100));
	}

	private CompletableFuture<?> read(String key) {
		CompletableFuture<?> read = this.rig.read(key);
		this.rig.answers();
		return read;
	}

	private CompletableFuture<Void> put(String key) {
		CompletableFuture<Void> put = this.rig.put(key, KvCallClass.WRITE);
		this.rig.answers();
		return put;
	}

	@Test
	void failuresOfAMinuteAgoDoNotOpenIt() {
		this.rig.faults().next(3, KvFault.status(503));
		this.rig.read("a");
		this.rig.pass(Duration.ofSeconds(90));
		this.rig.read("b");
		this.rig.read("c");
		this.rig.answers();
		assertThat(this.engine.isAvailable()).isTrue();
	}

	@Test
	@DisplayName("P11 once KV has answered a probe, the failures before it count no more")
	void closedAnew() {
		goDown(KvFault.status(503));
		this.rig.faults().clear();
		this.rig.pass(Duration.ofSeconds(6));
		this.rig.put("a", KvCallClass.WRITE);
		this.rig.answers();
		assertThat(this.engine.status().circuit()).isEqualTo(KvEngineStatus.Circuit.CLOSED);
	}

	@Test
	@DisplayName("P11 only the last ten calls count, however many succeeded before")
	void manyThatSucceeded() {
		for (int i = 0; i < 30; i++) {
			this.rig.read("k" + i);
			this.rig.answers();
		}
		goDown(KvFault.status(503));
		this.rig.pass(Duration.ofSeconds(10));
		assertThat(this.engine.isAvailable()).isFalse();
	}

	private void goDown(KvFault fault) {
		this.rig.faults().every(fault);
		for (int i = 0; i < 6; i++) {
			this.rig.put("down" + i, KvCallClass.WRITE);
		}
		this.rig.answers();
		this.rig.kv().log().clear();
	}

}
