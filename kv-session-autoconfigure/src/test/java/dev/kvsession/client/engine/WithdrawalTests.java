package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

class WithdrawalTests {

	private final EngineRig rig = new EngineRig();

	private final KvEngine engine = this.rig.engine();

	@Test
	void cancellingWithdrawsWhatWaits() {
		this.rig.occupy();
		this.rig.put("a", KvCallClass.WRITE).cancel(false);
		this.rig.read("b").cancel(false);
		assertThat(this.engine.status().waitingWrites()).isZero();
		this.rig.answers();
		assertThat(this.rig.calls()).isEmpty();
	}

	@Test
	void cancellingOneOfTwoJoinedReadsLeavesTheOther() {
		this.rig.occupy();
		CompletableFuture<Optional<String>> other = this.engine.get("a", KvCallClass.READ);
		this.rig.read("a").cancel(false);
		this.rig.answers();
		this.rig.answers();
		assertThat(other).isCompleted();
	}

	@Test
	void cancellingWithdrawsARepetition() {
		this.rig.faults().every(KvFault.status(503));
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.answers();
		assertThat(this.engine.status().waitingWrites()).isOne();
		write.cancel(false);
		this.rig.pass(Duration.ofMinutes(1));
		assertThat(this.rig.calls()).hasSize(1);
	}

	@Test
	void whatIsUnderWayIsNotRepeatedOnceCancelled() {
		this.rig.faults().every(KvFault.status(503));
		this.rig.put("a", KvCallClass.WRITE).cancel(false);
		this.rig.pass(Duration.ofMinutes(1));
		assertThat(this.rig.calls()).hasSize(1);
	}

	@Test
	void theNextWriteOfTheKeyTakesTheTurnOfOneWithdrawn() {
		this.rig.faults().next(1, KvFault.status(503));
		CompletableFuture<Void> first = this.engine.put(new KvPair("a", "1", null), KvCallClass.WRITE);
		CompletableFuture<Void> second = this.engine.put(new KvPair("a", "2", null), KvCallClass.WRITE);
		this.rig.answers();
		first.cancel(false);
		this.rig.answers();
		assertThat(second).isCompleted();
	}

	@Test
	void closingFailsWhatWaitsAndLetsAnswersCome() {
		CompletableFuture<Void> underWay = this.rig.put("under way", KvCallClass.WRITE);
		this.rig.occupy();
		CompletableFuture<Void> waiting = this.rig.put("waiting", KvCallClass.WRITE);
		this.engine.close();
		EngineRig.failure(waiting, KvUnavailableException.class);
		EngineRig.failure(this.rig.read("later"), KvUnavailableException.class);
		EngineRig.failure(this.engine.whenAvailable(), KvUnavailableException.class);
		this.rig.answers();
		assertThat(underWay).isCompleted();
		assertThat(this.engine.isAvailable()).isFalse();
		assertThat(this.rig.time().pending()).isZero();
	}

	@Test
	void closingTellsALostWriteAsUnknown() {
		this.rig.faults().every(KvFault.lostAfterWrite());
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.answers();
		this.engine.close();
		EngineRig.failure(write, KvUnknownOutcomeException.class);
	}

	@Test
	void memoryIsBounded() {
		this.rig.occupy();
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		for (int i = 0; i < 10_001; i++) {
			writes.add(this.rig.put("k" + i, KvCallClass.WRITE));
		}
		EngineRig.failure(writes.get(10_000), KvUnavailableException.class);
		assertThat(this.engine.status().waitingWrites()).isEqualTo(10_000);
		assertThat(this.rig.put("touch", KvCallClass.TOUCH)).isNotDone();
		assertThat(this.rig.put("login", KvCallClass.LOGIN)).isNotDone();
		this.rig.pass(Duration.ofSeconds(4));
		assertThat(writes.get(9_999)).isCompleted();
	}

}
