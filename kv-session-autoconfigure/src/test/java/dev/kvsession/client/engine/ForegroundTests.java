package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvLimits;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who waits, beside more background work than the calls can carry.
 */
class ForegroundTests {

	private static final int MANY = KvLimits.MAX_BULK_GET_KEYS + 50;

	@Test
	@DisplayName("P1 a read that somebody waits for leaves with the next call, also if that is a refresh's")
	void readRidesAlong() {
		EngineRig rig = new EngineRig();
		// After six reads it is the others' turn.
		rig.occupy();
		IntStream.range(0, MANY).forEach((i) -> rig.engine().get("refresh" + i, KvCallClass.REFRESH));
		rig.read("read");
		rig.answers();
		assertThat(rig.calls().get(0).keys()).hasSize(KvLimits.MAX_BULK_GET_KEYS).contains("refresh0", "read");
	}

	@Test
	@DisplayName("P1 a flood of reads takes half of a refresh's call at most")
	void refreshesGoOn() {
		EngineRig rig = new EngineRig();
		rig.occupy();
		IntStream.range(0, MANY).forEach((i) -> rig.engine().get("refresh" + i, KvCallClass.REFRESH));
		IntStream.range(0, MANY).forEach((i) -> rig.read("read" + i));
		rig.answers();
		assertThat(rig.calls().get(0).keys()).filteredOn((key) -> key.startsWith("refresh"))
			.hasSize(KvLimits.MAX_BULK_GET_KEYS / 2);
	}

	@Test
	@DisplayName("P3 changes are written in time while the budget is used up by reads")
	void changesAreWritten() {
		EngineRig rig = new EngineRig(KvEmulatorSettings.strong().withRateLimit(KvRateLimit.cloudflare()),
				KvBudget.CLOUDFLARE);
		KvEngine engine = rig.engine();
		IntStream.range(0, 3000).forEach((i) -> rig.contents().store("arrived" + i, "v", Duration.ofHours(1)));
		List<Long> waits = new ArrayList<>();
		new Flood(rig).add(150, (i) -> engine.get("refresh" + i, KvCallClass.REFRESH))
			.add(60, (i) -> engine.get("revalidate" + i, KvCallClass.REVALIDATE))
			.add(10, (i) -> engine.get("read" + i, KvCallClass.READ))
			.add(12, (i) -> engine.get("arrived" + i, KvCallClass.UNKNOWN_ID))
			.add(10, (i) -> engine.getAll(List.of("before" + i, "gone" + i), KvCallClass.WRITE))
			.add(10, (i) -> rig.put("touched" + i, KvCallClass.TOUCH))
			.add(10, (i) -> timed(rig, waits, rig.put("changed" + i, KvCallClass.WRITE)))
			.run(Duration.ofMinutes(3));
		// What came while there still were calls enough proves nothing.
		waits.subList(0, waits.size() / 2).clear();
		assertThat(rig.calls(KvCallKind.BULK_PUT)).isNotEmpty();
		assertThat(waits).hasSizeGreaterThan(500).allSatisfy((wait) -> assertThat(wait).isLessThan(2000));
	}

	private static CompletableFuture<Void> timed(EngineRig rig, List<Long> waits, CompletableFuture<Void> put) {
		long begun = rig.time().millis();
		put.whenComplete((done, ex) -> waits.add(rig.time().millis() - begun));
		return put;
	}

}
