package dev.kvsession.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client sends each call once and says what came of it; who repeats is the engine.
 */
class SentOnceTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time);

	private final KvUnknownOutcomeException lost = new KvUnknownOutcomeException("lost", null);

	private final KvUnavailableException notSent = new KvUnavailableException("not sent", null);

	@ParameterizedTest
	@ValueSource(ints = { 408, 429, 500, 502, 503, 504, 403 })
	void whateverTheAnswer(int status) {
		this.transport.reply(status, "").reply(status, "");
		assertThat(this.client.get("a").toCompletableFuture()).isCompletedExceptionally();
		assertThat(this.client.put(ErrorTable.pair()).toCompletableFuture()).isCompletedExceptionally();
		assertThat(this.transport.requests()).hasSize(2);
		assertThat(this.time.pending()).isZero();
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
	void aWriteWithoutAnswerMayHaveHappened() {
		this.transport.fail(this.lost);
		Failed.failure(this.client.put(ErrorTable.pair()), KvUnknownOutcomeException.class);
	}

	@Test
	void aReadWithoutAnswerIsUnavailable() {
		this.transport.fail(this.lost);
		Failed.failure(this.client.get(TestConnections.KEY), KvUnavailableException.class);
	}

	@Test
	void aWriteThatNeverLeftIsUnavailable() {
		this.transport.fail(this.notSent);
		Failed.failure(this.client.put(ErrorTable.pair()), KvUnavailableException.class);
	}

	@Test
	@DisplayName("P12 what a transport throws is not shown")
	void hidesForeignFailures() {
		this.transport.fail(new IllegalStateException("I/O error on " + TestConnections.KEY));
		Failed.failure(this.client.put(ErrorTable.pair()), KvUnknownOutcomeException.class);
	}

	@Test
	void survivesATransportThatThrows() {
		RestKvClient client = new RestKvClient(TestConnections.direct(), (request) -> {
			throw new IllegalStateException(TestConnections.KEY);
		}, this.time);
		Failed.failure(client.get(TestConnections.KEY), KvUnavailableException.class);
	}

	@Test
	void closingRefusesMoreButNotTheAnswersUnderWay() {
		CompletableFuture<KvResponse> held = this.transport.hold();
		CompletionStage<Void> underWay = this.client.delete("a");
		this.client.close();
		Failed.failure(this.client.get("a"), KvUnavailableException.class);
		held.complete(ScriptedTransport.response(200, ScriptedTransport.OK));
		assertThat(underWay.toCompletableFuture()).isCompleted();
		assertThat(this.transport.requests()).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.ErrorTable#calls")
	void stagesFailUnwrapped(Function<RestKvClient, CompletionStage<?>> call) {
		this.transport.reply(403, ScriptedTransport.error(10000, "Authentication error"));
		AtomicReference<Throwable> failure = new AtomicReference<>();
		call.apply(this.client).whenComplete((value, thrown) -> failure.set(thrown));
		assertThat(failure.get()).isExactlyInstanceOf(KvAuthorizationException.class);
	}

}
