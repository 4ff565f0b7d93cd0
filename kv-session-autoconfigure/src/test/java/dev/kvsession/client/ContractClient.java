package dev.kvsession.client;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.kvsession.TestKv;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.Answers;
import dev.kvsession.client.rest.Failures;
import dev.kvsession.client.rest.Operation;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.client.support.Stages;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client over HTTP, as an application has it, below the engine.
 */
final class ContractClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final AtomicInteger NAMES = new AtomicInteger();

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private final KvConnection connection;

	private final RestClientTransport transport;

	private final RestKvClient client;

	private ContractClient(KvConnection connection) {
		this.connection = connection;
		this.transport = RestClientTransport.create(connection, TIMEOUT, TIMEOUT, this.scheduler,
				TransportLimits.DEFAULT);
		this.client = new RestKvClient(connection, this.transport, InstantSource.system());
	}

	static ContractClient of(TestKv kv) {
		return of(kv, kv.property("account-id"), kv.property("namespace-id"), kv.property("api-token"));
	}

	static ContractClient of(TestKv kv, @Nullable String account, String namespace, String token) {
		return new ContractClient(new KvConnection(URI.create(kv.property("base-url")), account, namespace, token));
	}

	/**
	 * A key, or the beginning of keys, that no other test has.
	 */
	static String unique(String name) {
		return name + NAMES.incrementAndGet() + ":";
	}

	RestKvClient client() {
		return this.client;
	}

	/**
	 * Sends what the client would never send, and says what it makes of the answer.
	 * @param path below the namespace
	 */
	CompletionStage<?> raw(Operation operation, String method, String path, byte @Nullable [] body) {
		String below = "/accounts/" + this.connection.accountId() + "/storage/kv/namespaces/"
				+ this.connection.namespaceId() + path;
		Answers answers = new Answers(new Failures(this.connection, InstantSource.system()));
		return Stages.unwrapped(this.transport.exchange(new KvRequest(method, below, "application/json", body))
			.thenApply((response) -> answers.success(operation, response)));
	}

	static <T> T join(CompletionStage<T> stage) {
		assertThat(stage.toCompletableFuture()).succeedsWithin(TIMEOUT.multipliedBy(4));
		return stage.toCompletableFuture().join();
	}

	@Override
	public void close() {
		this.client.close();
		this.transport.close();
		this.scheduler.close();
	}

}
