package dev.kvsession.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.kvsession.client.http.HttpExchange;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class HttpExchangeTests {

	private final KvRequest request = new KvRequest("PUT", "/values/session%3AS3cretId", null, null);

	@Test
	void isNeverSentOnceAbandonedWhileItWaited() {
		CompletableFuture<String> sent = new CompletableFuture<>();
		HttpExchange exchange = new HttpExchange(this.request, (running) -> {
			sent.complete("sent");
			return ScriptedTransport.response(200, "");
		}, (answer) -> true, new VirtualTime()::schedule);
		exchange.abandon("too late");
		exchange.run();
		assertThat(sent).isNotDone();
		assertThat(Failed.failure(exchange.result(), KvUnavailableException.class)).hasMessageContaining("too late");
	}

	@Test
	void isInterruptedWhenAbandonedUnderWay() {
		HttpExchange exchange = new HttpExchange(this.request, (running) -> {
			running.abandon("too late");
			try {
				new CountDownLatch(1).await();
				return ScriptedTransport.response(200, "");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(TestConnections.KEY);
			}
		}, (answer) -> true, new VirtualTime()::schedule);
		CompletableFuture<Boolean> interruptedAfterwards = CompletableFuture.supplyAsync(() -> {
			exchange.run();
			return Thread.currentThread().isInterrupted();
		});
		assertThat(interruptedAfterwards).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(false);
		Failed.failure(exchange.result(), KvUnknownOutcomeException.class);
	}

}
