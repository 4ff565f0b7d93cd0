package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bot on a page that makes sessions, beside users.
 */
class CreationFloodTests {

	private final EngineRig rig = new EngineRig(KvEmulatorSettings.strong().withRateLimit(KvRateLimit.cloudflare()),
			KvBudget.CLOUDFLARE);

	private final KvEngine engine = this.rig.engine();

	@Test
	@DisplayName("P10 sessions without a user are written from a part of the calls, and logins do not wait for them")
	void loginsGoOn() {
		List<Long> logins = new ArrayList<>();
		List<Long> reads = new ArrayList<>();
		List<Long> starts = new ArrayList<>();
		List<Long> others = new ArrayList<>();
		new Flood(this.rig).add(200, (i) -> timed(others, this.rig.put("bot" + i, KvCallClass.ANONYMOUS)))
			.add(20, (i) -> timed(starts, this.rig.put("start" + i, KvCallClass.LOGIN_START)))
			.add(10, (i) -> timed(reads, this.engine.get("read" + i, KvCallClass.READ)))
			.add(1, (i) -> timed(logins, this.rig.put("login" + i, KvCallClass.LOGIN)))
			.run(Duration.ofMinutes(4));
		assertThat(logins).hasSizeGreaterThan(200).allSatisfy((wait) -> assertThat(wait).isLessThan(500));
		assertThat(reads).hasSizeGreaterThan(2000).allSatisfy((wait) -> assertThat(wait).isLessThan(1500));
		assertThat(starts).hasSizeGreaterThan(4000).allSatisfy((wait) -> assertThat(wait).isLessThan(5000));
		assertThat(others).hasSizeGreaterThan(40_000);
		Flood.assertInside(KvBudget.CLOUDFLARE, this.rig.calls());
	}

	@Test
	@DisplayName("P10 of sessions without a user those on which a login depends go first")
	void loginStartsFirst() {
		this.rig.occupy();
		for (int i = 0; i < 20; i++) {
			this.rig.put("bot" + i, KvCallClass.ANONYMOUS);
		}
		this.rig.put("start", KvCallClass.LOGIN_START);
		this.rig.answers();
		assertThat(this.rig.calls().get(0).keys()).contains("start");
	}

	private CompletableFuture<?> timed(List<Long> waits, CompletableFuture<?> call) {
		long begun = this.rig.time().millis();
		call.whenComplete((done, ex) -> waits.add((ex != null) ? Long.MAX_VALUE : this.rig.time().millis() - begun));
		return call;
	}

}
