package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WriteBatchTests {

	private final EngineRig rig = new EngineRig();

	private final KvEngine engine = this.rig.engine();

	@Test
	void aLoneWriteIsAPlainPutAndALoneDeleteAPlainDelete() {
		CompletableFuture<Void> put = this.rig.put("a", KvCallClass.WRITE);
		CompletableFuture<Void> delete = this.engine.delete("b", KvCallClass.LOGIN);
		assertThat(this.rig.observed()).containsExactly("put 1", "delete 1");
		assertThat(put).isNotDone();
		this.rig.answers();
		assertThat(put).isCompleted();
		assertThat(delete).isCompleted();
	}

	@Test
	void writesThatWaitTravelTogetherAndSoDoDeletes() {
		this.rig.occupy();
		this.rig.put("a", KvCallClass.WRITE);
		this.rig.put("b", KvCallClass.TOUCH);
		this.engine.delete("c", KvCallClass.WRITE);
		this.engine.delete("d", KvCallClass.WRITE);
		this.rig.answers();
		assertThat(this.rig.observed()).containsExactly("bulk put 2", "bulk delete 2");
	}

	@Test
	void touchesWaitForCompany() {
		this.rig.put("a", KvCallClass.TOUCH);
		this.rig.pass(Duration.ofSeconds(2));
		this.rig.put("b", KvCallClass.TOUCH);
		assertThat(this.rig.calls()).isEmpty();
		this.rig.pass(Duration.ofSeconds(1));
		assertThat(this.rig.sizes()).containsExactly(2);
	}

	@Test
	@DisplayName("P6 of one key only one write is under way, in the order of the asking")
	void oneKeyKeepsItsOrder() {
		this.engine.put(new KvPair("a", "1", null), KvCallClass.WRITE);
		this.engine.put(new KvPair("a", "2", null), KvCallClass.LOGIN);
		this.engine.delete("a", KvCallClass.LOGIN);
		CompletableFuture<Void> last = this.engine.put(new KvPair("a", "3", null), KvCallClass.WRITE);
		assertThat(this.rig.calls()).hasSize(1);
		for (int i = 0; i < 4; i++) {
			this.rig.answers();
		}
		assertThat(last).isCompleted();
		assertThat(this.rig.observed()).containsExactly("put 1", "put 1", "delete 1", "put 1");
		assertThat(this.rig.contents().get("a").text()).isEqualTo("3");
	}

	@Test
	@DisplayName("P3 a pair that KV refuses fails alone")
	void aBadPairFailsAlone() {
		assertOneFails(KvFault.error(400, 10012, "invalid"), KvRequestRefusedException.class);
	}

	@Test
	@DisplayName("P3 so does a pair that something in between refuses")
	void aPairThatAFirewallRefusesFailsAlone() {
		assertOneFails(KvFault.html(406), KvForeignRefusalException.class);
	}

	private void assertOneFails(KvFault fault, Class<? extends Throwable> failure) {
		this.rig.faults().every(fault, (call) -> call.keys().contains("k7"));
		this.rig.occupy();
		List<CompletableFuture<Void>> writes = IntStream.range(0, 20)
			.mapToObj((i) -> this.rig.put("k" + i, KvCallClass.WRITE))
			.toList();
		for (int i = 0; i < 20; i++) {
			this.rig.answers();
		}
		EngineRig.failure(writes.get(7), failure);
		assertThat(writes).filteredOn((write) -> !write.isCompletedExceptionally())
			.hasSize(19)
			.allSatisfy((write) -> assertThat(write).isCompleted());
		assertThat(this.rig.contents().keys("k")).hasSize(19);
		assertThat(this.rig.calls(KvCallKind.PUT, KvCallKind.BULK_PUT).size()).isLessThan(12);
	}

	@Test
	void aPairOverALimitFailsBeforeItIsSent() {
		CompletableFuture<Void> write = this.engine.put(new KvPair("a", "v", null, "no json"), KvCallClass.WRITE);
		EngineRig.failure(write, KvRequestRefusedException.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.delete("..", KvCallClass.WRITE));
		assertThat(this.rig.calls()).isEmpty();
	}

	@Test
	void aBatchIsShortWhileLoginsWait() {
		EngineRig rig = new EngineRig(KvEmulatorSettings.strong(), new KvBudget(1_000_000, Duration.ofMinutes(5)));
		IntStream.range(0, 2500).forEach((i) -> rig.put("w" + i, KvCallClass.WRITE));
		rig.put("l1", KvCallClass.LOGIN);
		rig.put("l2", KvCallClass.LOGIN);
		rig.pass(Duration.ofSeconds(1));
		assertThat(rig.observed()).containsExactly("put 1", "bulk put 1000", "bulk put 1501");
	}

	/**
	 * Whoever waits, waits for what travels with them, and a gateway writes one by one.
	 */
	@Test
	void aBatchIsSmallWhereCallsAreFree() {
		this.rig.occupy();
		IntStream.range(0, 30).forEach((i) -> this.rig.put("k" + i, KvCallClass.TOUCH));
		IntStream.range(0, 30).forEach((i) -> this.engine.delete("d" + i, KvCallClass.WRITE));
		this.rig.pass(Duration.ofSeconds(4));
		assertThat(this.rig.observed()).containsExactlyInAnyOrder("bulk put 12", "bulk put 12", "bulk put 6",
				"bulk delete 12", "bulk delete 12", "bulk delete 6");
	}

	@Test
	void aLargeBatchIsCutByItsBytes() {
		this.rig.occupy();
		String large = "x".repeat(20 * 1024 * 1024);
		for (int i = 0; i < 5; i++) {
			this.engine.put(new KvPair("k" + i, large, null), KvCallClass.WRITE);
		}
		this.rig.answers();
		assertThat(this.rig.observed()).containsExactly("bulk put 2", "bulk put 2", "put 1");
	}

}
