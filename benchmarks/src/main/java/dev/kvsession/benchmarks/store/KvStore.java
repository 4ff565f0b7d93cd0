package dev.kvsession.benchmarks.store;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;

/**
 * This library over an emulated KV that takes its time.
 */
public final class KvStore {

	/**
	 * How long KV takes to answer.
	 */
	public static final KvLatency LATENCY = KvLatency.between(Duration.ofMillis(25), Duration.ofMillis(25));

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private KvStore() {
	}

	static Store open() {
		KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong().withLatency(LATENCY));
		Store store = open(kv);
		return new Store(store.repository(), () -> {
			store.close();
			kv.close();
		});
	}

	/**
	 * Opens the store on a KV that somebody else closes.
	 * @param kv the KV
	 * @return the store
	 */
	public static Store open(KvEmulator kv) {
		return open(kv.properties());
	}

	/**
	 * Opens the store on a KV that somebody else closes.
	 * @param kv {@code cloudflare.kv.base-url}, {@code .account-id},
	 * {@code .namespace-id} and {@code .api-token}
	 * @return the store
	 */
	public static Store open(Map<String, Object> kv) {
		KvConnection connection = new KvConnection(URI.create(text(kv, "base-url")), text(kv, "account-id"),
				text(kv, "namespace-id"), text(kv, "api-token"));
		ThreadKvScheduler scheduler = new ThreadKvScheduler();
		RestClientTransport transport = RestClientTransport.create(connection, TIMEOUT, TIMEOUT, scheduler,
				TransportLimits.DEFAULT);
		RestKvClient client = new RestKvClient(connection, transport, InstantSource.system());
		KvEngine engine = new KvEngine(client, KvBudget.UNLIMITED, KvRuntime.system(scheduler), KvCallObserver.NOOP);
		JsonSessionCodec codec = new JsonSessionCodec(KvStore.class.getClassLoader(), List.of(), JdkFallback.OFF);
		return new Store(new KvSessionRepository(engine, scheduler, codec), () -> {
			engine.close();
			transport.close();
			scheduler.close();
		});
	}

	private static String text(Map<String, Object> properties, String name) {
		return String.valueOf(properties.get("cloudflare.kv." + name));
	}

}
