package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.web.SessionRequest;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is refused while KV seems slow, and who waits for this machine only.
 */
class BoundedWaiterTests {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private final VirtualTime time = new VirtualTime();

	private final CompletableFuture<String> answer = new CompletableFuture<>();

	private long pausedNanos;

	private SessionRequest before;

	@BeforeEach
	void bind() {
		this.before = SessionRequest.bind(new SimulatedRepository.SimulatedRequest(true, null));
	}

	@AfterEach
	void unbind() {
		SessionRequest.bind(this.before);
	}

	private BoundedWaiter waiter() {
		SessionSettings settings = new SessionSettings(World.CODEC);
		settings.maxWaitingRequests = 0;
		SessionRuntime runtime = new SessionRuntime(this.time, this::nanoTime, this.time::schedule, () -> 0.5, "a",
				this::passTime);
		return new BoundedWaiter(runtime, settings, (inTime) -> false);
	}

	private long nanoTime() {
		return TimeUnit.MILLISECONDS.toNanos(this.time.millis()) + this.pausedNanos;
	}

	private <T> T passTime(CompletableFuture<T> future) {
		while (!future.isDone()) {
			this.time.advanceTo(this.time.nextDue());
		}
		return StageWaiter.block(future);
	}

	private void answerAfter(Duration delay) {
		this.time.schedule(() -> this.answer.complete("found"), delay);
	}

	@Test
	@DisplayName("P11 nobody is refused because this machine has paused, to collect garbage for example")
	void pause() {
		answerAfter(Duration.ofMillis(700));
		this.time.schedule(() -> this.pausedNanos = PAUSE.toNanos(), Duration.ofMillis(100));
		assertThat(waiter().await(this.answer)).isEqualTo("found");
	}

	@Test
	@DisplayName("P11 after a pause KV that stays slow is noticed")
	void slowAfterAPause() {
		answerAfter(Duration.ofSeconds(20));
		this.time.schedule(() -> this.pausedNanos = PAUSE.toNanos(), Duration.ofMillis(100));
		assertThatExceptionOfType(KvUnavailableException.class).isThrownBy(() -> waiter().await(this.answer));
		assertThat(this.answer).isNotDone();
	}

	@Test
	@DisplayName("P11 a machine that is always busy does not let all wait for slow KV")
	void alwaysBusy() {
		answerAfter(Duration.ofMinutes(1));
		for (int i = 1; i < 1000; i++) {
			this.time.schedule(() -> this.pausedNanos += PAUSE.toNanos(), Duration.ofMillis(50L * i));
		}
		assertThatExceptionOfType(KvUnavailableException.class).isThrownBy(() -> waiter().await(this.answer));
		assertThat(this.answer).isNotDone();
	}

}
