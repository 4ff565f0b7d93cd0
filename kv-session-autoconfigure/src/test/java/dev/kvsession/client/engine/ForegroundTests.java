package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.test.KvEmulatorSettings;
import dev.kvsession.test.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The budget is used up, and more is read in the background than the calls can carry.
 */
class ForegroundTests {

	private static final Duration FLOOD = Duration.ofMinutes(2);

	private final EngineRig rig = new EngineRig(KvEmulatorSettings.strong().withRateLimit(KvRateLimit.cloudflare()),
			KvBudget.CLOUDFLARE);

	private final KvEngine engine = this.rig.engine();

	private final List<Long> waits = new ArrayList<>();

	private final Flood flood = new Flood(this.rig);

	@BeforeEach
	void readMuchInTheBackground() {
		this.flood.add(200, (i) -> this.engine.get("refresh" + i, KvCallClass.REFRESH))
			.add(100, (i) -> this.engine.get("revalidate" + i, KvCallClass.REVALIDATE));
	}

	private IntFunction<CompletableFuture<?>> timed(IntFunction<CompletableFuture<?>> call) {
		return (i) -> {
			long begun = this.rig.time().millis();
			CompletableFuture<?> done = call.apply(i);
			done.whenComplete((result, ex) -> this.waits.add(this.rig.time().millis() - begun));
			return done;
		};
	}

	private void run() {
		this.flood.run(FLOOD);
		// What came while there still were calls enough proves nothing.
		this.waits.subList(0, this.waits.size() / 2).clear();
	}

	@Test
	@DisplayName("P1 a read that somebody waits for leaves with the next call that reads")
	void readsOvertake() {
		this.flood.add(5, timed((i) -> this.engine.get("read" + i, KvCallClass.READ)));
		run();
		assertThat(this.waits).isNotEmpty().allSatisfy((wait) -> assertThat(wait).isLessThan(400));
	}

	@Test
	@DisplayName("P3 changes are written while there is always something to read for others")
	void writesAreNotHeldUp() {
		this.flood.add(10, (i) -> this.engine.get("read" + i, KvCallClass.READ))
			.add(20, (i) -> this.engine.get("before" + i, KvCallClass.WRITE))
			.add(10, timed((i) -> this.rig.put("changed" + i, KvCallClass.WRITE)));
		run();
		assertThat(this.waits).hasSizeGreaterThan(500).allSatisfy((wait) -> assertThat(wait).isLessThan(2000));
	}

	@Test
	@DisplayName("P1 a flood of reads does not end all refreshing")
	void refreshesGoOn() {
		List<CompletableFuture<?>> refreshes = new ArrayList<>();
		this.flood.add(300, (i) -> this.engine.get("read" + i, KvCallClass.READ)).add(5, (i) -> {
			CompletableFuture<?> refresh = this.engine.get("late" + i, KvCallClass.TOUCH);
			refreshes.add(refresh);
			return refresh;
		});
		run();
		assertThat(refreshes).filteredOn(CompletableFuture::isDone).hasSizeGreaterThan(100);
	}

}
