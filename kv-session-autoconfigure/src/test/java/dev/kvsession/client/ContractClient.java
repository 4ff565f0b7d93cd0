package dev.kvsession.client;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The client over HTTP as the starter builds it.
 */
final class ContractClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final TransportLimits LIMITS = new TransportLimits(4, 64, PATIENCE.multipliedBy(2), 20_000_000);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private final RestClientTransport transport;

	private final RestKvClient client;

	ContractClient(KvConnection connection) {
		this.transport = RestClientTransport.create(connection, PATIENCE, PATIENCE, this.scheduler, LIMITS);
		this.client = new RestKvClient(connection, this.transport, InstantSource.system());
	}

	static KvConnection connection(Map<String, Object> properties) {
		return new KvConnection(URI.create(text(properties, "base-url")), text(properties, "account-id"),
				text(properties, "namespace-id"), text(properties, "api-token"));
	}

	RestKvClient client() {
		return this.client;
	}

	Optional<String> get(String key) {
		return this.client.get(key).toCompletableFuture().join();
	}

	@Override
	public void close() {
		this.transport.close();
		this.scheduler.close();
	}

	private static String text(Map<String, Object> properties, String name) {
		return String.valueOf(properties.get("cloudflare.kv." + name));
	}

}
