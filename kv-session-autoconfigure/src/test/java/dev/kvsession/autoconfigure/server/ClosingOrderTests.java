package dev.kvsession.autoconfigure.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.kvsession.autoconfigure.KvClientAutoConfiguration;
import dev.kvsession.autoconfigure.SessionContexts;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvTransport;

import static org.assertj.core.api.Assertions.assertThat;

class ClosingOrderTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class))
		.withPropertyValues("cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
				"cloudflare.kv.account-id=" + SessionContexts.ACCOUNT_ID,
				"cloudflare.kv.api-token=" + SessionContexts.TOKEN,
				"cloudflare.kv.base-url=http://127.0.0.1:1/client/v4");

	@Test
	void closesTheClientBeforeItsTransport() {
		ClosingTransport transport = new ClosingTransport();
		this.contexts.withBean(KvTransport.class, () -> transport).run((context) -> {
			transport.client = context.getBean(KvClient.class);
			context.close();
			assertThat(transport.clientWasClosed).containsExactly(true);
		});
	}

	@Test
	void closesTheTransportBeforeItsScheduler() {
		ClosingScheduler scheduler = new ClosingScheduler();
		this.contexts.withBean(KvScheduler.class, () -> scheduler).run((context) -> {
			scheduler.transport = context.getBean(KvTransport.class);
			context.close();
			assertThat(scheduler.transportWasClosed).containsExactly(true);
		});
	}

	static class ClosingTransport implements KvTransport, AutoCloseable {

		private final List<Boolean> clientWasClosed = new ArrayList<>();

		private KvClient client;

		@Override
		public CompletionStage<KvResponse> exchange(KvRequest request) {
			return new CompletableFuture<>();
		}

		@Override
		public void close() {
			this.clientWasClosed.add(this.client.get("a").toCompletableFuture().isCompletedExceptionally());
		}

	}

	static class ClosingScheduler implements KvScheduler, AutoCloseable {

		private final List<Boolean> transportWasClosed = new ArrayList<>();

		private KvTransport transport;

		@Override
		public Future<?> schedule(Runnable task, Duration delay) {
			return new CompletableFuture<>();
		}

		@Override
		public void close() {
			this.transportWasClosed.add(this.transport.exchange(new KvRequest("GET", "/", null, null))
				.toCompletableFuture()
				.isCompletedExceptionally());
		}

	}

}
