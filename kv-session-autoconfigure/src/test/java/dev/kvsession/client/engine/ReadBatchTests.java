package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class ReadBatchTests {

	private final EngineRig rig = new EngineRig();

	private final KvEngine engine = this.rig.engine();

	@Test
	@DisplayName("P8 a lone read names its key in a bulk read, too, and goes at once")
	void aLoneReadGoesAtOnce() {
		this.rig.contents().store("a", "1", Duration.ofHours(1));
		CompletableFuture<Optional<String>> found = this.engine.get("a", KvCallClass.READ);
		assertThat(this.rig.observed()).containsExactly("bulk get 1");
		this.rig.answers();
		assertThat(found.join()).contains("1");
	}

	@Test
	@DisplayName("P1 a set of one key is read as one value is")
	void aSetOfOneKeyIsJoined() {
		this.rig.contents().store("a", "1", Duration.ofHours(1));
		this.rig.occupy();
		CompletableFuture<Optional<String>> one = this.engine.get("a", KvCallClass.READ);
		CompletableFuture<Map<String, String>> set = this.engine.getAll(List.of("a"), KvCallClass.READ);
		this.rig.answers();
		this.rig.answers();
		assertThat(this.rig.observed()).containsExactly("bulk get 1");
		assertThat(one.join()).contains("1");
		assertThat(set.join()).isEqualTo(Map.of("a", "1"));
	}

	@Test
	@DisplayName("P1 reads that wait travel together, at most 100 to a call")
	void waitingReadsTravelTogether() {
		this.rig.occupy();
		List<? extends CompletableFuture<?>> reads = IntStream.range(0, 130)
			.mapToObj((i) -> this.rig.read("k" + i))
			.toList();
		assertThat(this.rig.calls()).isEmpty();
		assertThat(this.engine.status().waitingReads()).isEqualTo(130);
		this.rig.answers();
		assertThat(this.rig.sizes()).containsExactly(100, 30);
		this.rig.answers();
		assertThat(reads).allSatisfy((read) -> assertThat(read).isCompleted());
	}

	@Test
	void identicalReadsThatWaitAreJoined() {
		this.rig.contents().store("a", "1", Duration.ofHours(1));
		this.rig.occupy();
		CompletableFuture<Optional<String>> first = this.engine.get("a", KvCallClass.READ);
		CompletableFuture<Optional<String>> second = this.engine.get("a", KvCallClass.LOGIN);
		this.rig.answers();
		this.rig.answers();
		assertThat(this.rig.observed()).containsExactly("bulk get 1");
		assertThat(first.join()).contains("1");
		assertThat(second.join()).contains("1");
	}

	@Test
	void aReadUnderWayIsNotJoinedSinceAWriteMayHaveComeBetween() {
		this.rig.read("a");
		this.rig.read("a");
		assertThat(this.rig.calls(KvCallKind.BULK_GET)).hasSize(2);
	}

	@Test
	@DisplayName("P4 keys that are asked for together are read in one call")
	void aSetStaysInOneCall() {
		this.rig.contents().store("gone50", "x", Duration.ofHours(1));
		this.rig.occupy();
		List<CompletableFuture<Map<String, String>>> sets = IntStream.range(0, 60)
			.mapToObj((i) -> this.engine.getAll(List.of("record" + i, "gone" + i, "other" + i), KvCallClass.WRITE))
			.toList();
		this.rig.answers();
		assertThat(this.rig.calls(KvCallKind.BULK_GET)).hasSize(2)
			.allSatisfy((call) -> assertThat(call.keys().size() % 3).isZero());
		this.rig.answers();
		assertThat(sets.get(50).join()).containsOnlyKeys("gone50");
		assertThat(sets.get(51).join()).isEmpty();
	}

	@Test
	void refreshLeavesInFullBatchesOrAtItsDeadline() {
		for (int i = 0; i < 99; i++) {
			this.engine.get("k" + i, KvCallClass.REFRESH);
		}
		this.rig.pass(Duration.ofSeconds(9));
		assertThat(this.rig.calls()).isEmpty();
		this.engine.get("k99", KvCallClass.REFRESH);
		assertThat(this.rig.sizes()).containsExactly(100);
		this.engine.get("late", KvCallClass.REFRESH);
		this.rig.pass(Duration.ofMillis(9_999));
		assertThat(this.rig.sizes()).containsExactly(100);
		this.rig.pass(Duration.ofMillis(1));
		assertThat(this.rig.sizes()).containsExactly(100, 1);
	}

	@Test
	void refreshUsesTheSpareRoomOfAnotherRead() {
		this.engine.get("refresh", KvCallClass.REFRESH);
		this.rig.read("now");
		assertThat(this.rig.sizes()).containsExactly(2);
	}

	@Test
	@DisplayName("P11 a read that joins a refresh waits anew, however long that has waited")
	void aReadThatJoinsAnOldRefreshIsNotRefused() {
		PlainClient client = new PlainClient();
		KvEngine slow = client.engine(KvBudget.UNLIMITED);
		client.latency = Duration.ofSeconds(30);
		IntStream.range(0, Pace.MOST_UNDER_WAY).forEach((i) -> slow.get("busy" + i, KvCallClass.READ));
		CompletableFuture<?> refresh = slow.get("k", KvCallClass.REFRESH);
		client.pass(Duration.ofSeconds(25));
		CompletableFuture<?> read = slow.get("k", KvCallClass.READ);
		assertThat(read).isNotDone();
		client.latency = Duration.ZERO;
		client.pass(Duration.ofSeconds(6));
		assertThat(read).isCompleted();
		assertThat(refresh).isCompleted();
	}

	@Test
	void theObserverIsToldOfKeysAndNotOfQuestions() {
		this.engine.getAll(List.of("record", "gone"), KvCallClass.READ);
		assertThat(this.rig.observed()).containsExactly("bulk get 2");
	}

	@Test
	@DisplayName("P1 what is read for one is not read again for another who waits for it")
	void aReadThatWaitsIsAnsweredByAnyCallForItsKey() {
		this.rig.contents().store("record", "1", Duration.ofHours(1));
		CompletableFuture<Optional<String>> refresh = this.engine.get("record", KvCallClass.REFRESH);
		for (int i = 0; i < 98; i++) {
			this.engine.get("k" + i, KvCallClass.REFRESH);
		}
		List<String> hundred = IntStream.range(0, 99).mapToObj((i) -> "other" + i).collect(Collectors.toList());
		hundred.add("record");
		this.engine.getAll(hundred, KvCallClass.READ);
		this.rig.answers();
		assertThat(refresh).isCompletedWithValue(Optional.of("1"));
		assertThat(this.rig.sizes()).containsExactly(100);
		assertThat(this.engine.status().waitingReads()).isEqualTo(98);
	}

	@Test
	void setsFillACallByTheirKeys() {
		for (int i = 0; i < 50; i++) {
			this.engine.getAll(List.of("record" + i, "gone" + i), KvCallClass.REFRESH);
		}
		assertThat(this.rig.sizes()).containsExactly(100);
	}

}
