package dev.kvsession.session;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.kvsession.TestKv;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.kv.KvEmulatorRequest;

/**
 * Carries calls that were made for the emulator to the gateway in workerd, over HTTP and
 * the application's own transport. One for a Worker, as long as the JVM runs.
 */
final class WorkerdConnection {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Map<KvConnection, WorkerdConnection> OPEN = new ConcurrentHashMap<>();

	private final KvConnection connection;

	private final RestClientTransport transport;

	private final KvClient client;

	private WorkerdConnection(KvConnection connection) {
		this.connection = connection;
		this.transport = RestClientTransport.create(connection, TIMEOUT, TIMEOUT, new ThreadKvScheduler(),
				TransportLimits.DEFAULT);
		this.client = new RestKvClient(connection, this.transport, InstantSource.system());
	}

	static WorkerdConnection to(TestKv kv) {
		KvConnection connection = new KvConnection(URI.create(kv.property("base-url")), kv.property("account-id"),
				kv.property("namespace-id"), kv.property("api-token"));
		return OPEN.computeIfAbsent(connection, WorkerdConnection::new);
	}

	KvResponse send(KvEmulatorRequest request) {
		String path = request.target()
			.replace("/accounts/" + KvEmulatorCore.ACCOUNT_ID, "/accounts/" + this.connection.accountId())
			.replace("/namespaces/" + KvEmulatorCore.NAMESPACE_ID, "/namespaces/" + this.connection.namespaceId());
		String contentType = request.headers().get("content-type");
		return this.transport
			.exchange(new KvRequest(request.method(), path, contentType, (contentType != null) ? request.body() : null))
			.toCompletableFuture()
			.join();
	}

	<T> T ask(Function<KvClient, CompletionStage<T>> call) {
		return call.apply(this.client).toCompletableFuture().join();
	}

}
