package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.engine.gate.DailyQuotas;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceTests {

	private final EngineRig rig = new EngineRig();

	private final KvEngine engine = this.rig.engine();

	@Test
	@DisplayName("P10 after the token's 429 nothing is sent until it is over")
	void nothingIsSentWhileTheTokenIsBlocked() {
		this.rig.faults().next(1, KvFault.throttled(Duration.ofMinutes(5)));
		CompletableFuture<?> blocked = this.rig.read("a");
		this.rig.answers();
		EngineRig.failure(blocked, KvRateLimitException.class);
		this.rig.kv().log().clear();
		this.rig.pass(Duration.ofMinutes(2));
		CompletableFuture<Void> back = this.engine.whenAvailable();
		KvRateLimitException later = EngineRig.failure(this.rig.read("b"), KvRateLimitException.class);
		assertThat(later.retryAfter()).isEqualTo(Duration.ofMinutes(3));
		EngineRig.failure(this.rig.put("c", KvCallClass.LOGIN), KvRateLimitException.class);
		EngineRig.failure(this.engine.delete("d", KvCallClass.LOGIN), KvRateLimitException.class);
		assertThat(this.engine.isAvailable()).isFalse();
		assertThat(this.engine.status().blockedFor()).isEqualTo(Duration.ofMinutes(3));
		this.rig.pass(Duration.ofMinutes(3).minusMillis(1));
		assertThat(this.rig.calls()).isEmpty();
		assertThat(back).isNotDone();
		this.rig.pass(Duration.ofMillis(1));
		assertThat(back).isCompleted();
		CompletableFuture<?> read = this.rig.read("b");
		this.rig.answers();
		assertThat(read).isCompleted();
	}

	@Test
	void whatWaitsFailsWithTheBlock() {
		this.rig.faults().next(1, KvFault.throttled(Duration.ofMinutes(5)));
		this.rig.occupy();
		CompletableFuture<Void> waiting = this.rig.put("a", KvCallClass.WRITE);
		this.rig.answers();
		EngineRig.failure(waiting, KvRateLimitException.class);
	}

	@Test
	void theDailyQuotaStopsItsKindOnlyUntilMidnightAndIsSaidOnce() {
		CapturedLog log = CapturedLog.of(DailyQuotas.class);
		this.rig.pass(Duration.ofHours(20));
		this.rig.faults().every(KvFault.quotaExhausted(), KvCallKind.PUT);
		for (int i = 0; i < 3; i++) {
			CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
			CompletableFuture<?> read = this.rig.read("b");
			this.rig.answers();
			EngineRig.failure(write, KvDailyQuotaException.class);
			assertThat(read).isCompleted();
		}
		log.close();
		assertThat(this.rig.calls(KvCallKind.PUT)).hasSize(1);
		assertThat(log.events()).filteredOn((event) -> event.getLevel() == Level.ERROR).hasSize(1);
		assertThat(this.engine.isAvailable()).isTrue();
		this.rig.faults().clear();
		this.rig.pass(Duration.ofHours(4));
		CompletableFuture<Void> write = this.rig.put("a", KvCallClass.WRITE);
		this.rig.answers();
		assertThat(write).isCompleted();
	}

	@Test
	@DisplayName("P10 one call an hour finds out whether the quota is there again, for our clock may be wrong")
	void oneCallAnHourFindsOut() {
		CapturedLog log = CapturedLog.of(DailyQuotas.class);
		this.rig.pass(Duration.ofMinutes(10));
		this.rig.faults().every(KvFault.quotaExhausted(), KvCallKind.PUT, KvCallKind.BULK_PUT);
		for (int minute = 0; minute < 190; minute++) {
			this.rig.put("a", KvCallClass.WRITE);
			this.rig.put("b", KvCallClass.LOGIN);
			this.rig.pass(Duration.ofMinutes(1));
		}
		log.close();
		assertThat(this.rig.calls(KvCallKind.PUT, KvCallKind.BULK_PUT)).hasSizeBetween(4, 5);
		assertThat(log.events()).filteredOn((event) -> event.getLevel() == Level.ERROR).hasSize(1);
		this.rig.faults().clear();
		this.rig.pass(Duration.ofHours(1));
		for (int i = 0; i < 5; i++) {
			CompletableFuture<Void> write = this.rig.put("a" + i, KvCallClass.WRITE);
			this.rig.answers();
			assertThat(write).isCompleted();
		}
		assertThat(this.engine.status().quotaUsedUp()).isEmpty();
	}

}
