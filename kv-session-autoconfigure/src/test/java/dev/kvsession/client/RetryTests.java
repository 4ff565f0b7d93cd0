package dev.kvsession.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private double jitter;

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time, this.time,
			() -> this.jitter);

	private final KvUnknownOutcomeException lost = new KvUnknownOutcomeException("lost", null);

	private final KvUnavailableException notSent = new KvUnavailableException("not sent", null);

	@ParameterizedTest
	@CsvSource({ "0, PT0.5S, PT1S", "1, PT0.375S, PT0.75S" })
	void repeatsTwiceWithGrowingDelays(double jitter, Duration first, Duration second) {
		this.jitter = jitter;
		this.transport.reply(503, "").reply(408, "").reply(200, "v");
		CompletableFuture<?> stage = this.client.get("a").toCompletableFuture();
		assertThat(this.transport.requests()).hasSize(1);
		this.time.advance(first.minusMillis(1));
		assertThat(this.transport.requests()).hasSize(1);
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.transport.requests()).hasSize(2);
		this.time.advance(second);
		assertThat(stage).isCompleted();
	}

	@Test
	void boundsDelays() {
		RetryPolicy policy = new RetryPolicy(60, Duration.ofMillis(500), Duration.ofSeconds(8));
		assertThat(policy.delay(4, 0)).isEqualTo(Duration.ofSeconds(8));
		assertThat(policy.delay(59, 1)).isEqualTo(Duration.ofSeconds(6));
	}

	@Test
	void neverBlocksTheCaller() {
		CompletableFuture<KvResponse> held = this.transport.hold();
		CompletableFuture<?> stage = this.client.put(ErrorTable.pair()).toCompletableFuture();
		assertThat(stage).isNotDone();
		held.complete(ScriptedTransport.response(200, ScriptedTransport.OK));
		assertThat(stage).isCompleted();
	}

	@Test
	void succeedsAfterALostAnswer() {
		this.transport.fail(this.lost).ok();
		CompletableFuture<Void> stage = this.client.put(ErrorTable.pair()).toCompletableFuture();
		this.time.runUntilIdle();
		assertThat(stage).isCompleted();
	}

	@Test
	void aReadWithoutAnswerIsUnavailable() {
		this.transport.fail(this.lost).fail(this.lost).fail(this.lost);
		Failed.failure(afterRetries(this.client.get(TestConnections.KEY)), KvUnavailableException.class);
	}

	@Test
	void aWriteThatNeverLeftIsUnavailable() {
		this.transport.fail(this.notSent).fail(this.notSent).fail(this.notSent);
		Failed.failure(afterRetries(this.client.put(ErrorTable.pair())), KvUnavailableException.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 404, 400, 429, 503, 302, 200 })
	void aWriteOnceLostStaysUnknownWhateverComesAfter(int status) {
		this.transport.fail(this.lost);
		this.transport.reply(status, "", "retry-after", "5").reply(status, "");
		KvUnknownOutcomeException failure = Failed.failure(afterRetries(this.client.put(ErrorTable.pair())),
				KvUnknownOutcomeException.class);
		assertThat(failure.getCause()).isInstanceOf(KvException.class);
	}

	@Test
	void keepsTheWaitOfAThrottledRepetitionAsCause() {
		this.transport.reply(502, "").reply(429, "", "retry-after", "5");
		Throwable cause = Failed.failure(afterRetries(this.client.delete("a")), KvUnknownOutcomeException.class)
			.getCause();
		assertThat(cause).isInstanceOfSatisfying(KvRateLimitException.class,
				(limit) -> assertThat(limit.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
	}

	@Test
	void isNotRepeatedAfterAThrottledAnswer() {
		this.transport.reply(429, "", "retry-after", "1");
		Failed.failure(afterRetries(this.client.get("a")), KvRateLimitException.class);
		assertThat(this.transport.requests()).hasSize(1);
	}

	@Test
	@DisplayName("P12 what a transport throws is not shown")
	void hidesForeignFailures() {
		IllegalStateException foreign = new IllegalStateException("I/O error on " + TestConnections.KEY);
		this.transport.fail(foreign).fail(foreign).fail(foreign);
		Failed.failure(afterRetries(this.client.put(ErrorTable.pair())), KvUnknownOutcomeException.class);
	}

	@Test
	void survivesATransportThatThrows() {
		RestKvClient client = new RestKvClient(TestConnections.direct(), (request) -> {
			throw new IllegalStateException(TestConnections.KEY);
		}, this.time, this.time, () -> 0);
		Failed.failure(afterRetries(client.get(TestConnections.KEY)), KvUnavailableException.class);
	}

	@Test
	void failsWithTheLastFailureIfTheSchedulerIsClosed() {
		RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, (task, delay) -> {
			throw new RejectedExecutionException();
		}, this.time, () -> 0);
		this.transport.reply(503, "");
		Failed.failure(client.get("a"), KvUnavailableException.class);
	}

	@Test
	void closingEndsWhatWaitsAndRefusesMore() {
		this.transport.fail(this.lost);
		CompletionStage<Void> waiting = this.client.put(ErrorTable.pair());
		CompletableFuture<KvResponse> held = this.transport.hold();
		CompletionStage<Void> underWay = this.client.delete("a");
		this.client.close();
		Failed.failure(waiting, KvUnknownOutcomeException.class);
		Failed.failure(this.client.get("a"), KvUnavailableException.class);
		held.completeExceptionally(this.notSent);
		Failed.failure(underWay, KvUnavailableException.class);
		this.time.runUntilIdle();
		assertThat(this.transport.requests()).hasSize(2);
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.ErrorTable#calls")
	void stagesFailUnwrapped(Function<RestKvClient, CompletionStage<?>> call) {
		this.transport.reply(403, "");
		AtomicReference<Throwable> failure = new AtomicReference<>();
		call.apply(this.client).whenComplete((value, thrown) -> failure.set(thrown));
		assertThat(failure.get()).isExactlyInstanceOf(KvAuthorizationException.class);
	}

	private <T> CompletionStage<T> afterRetries(CompletionStage<T> stage) {
		this.time.runUntilIdle();
		return stage;
	}

}
