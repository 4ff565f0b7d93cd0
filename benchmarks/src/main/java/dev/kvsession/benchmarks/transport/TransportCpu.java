package dev.kvsession.benchmarks.transport;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.web.client.RestClient;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;

/**
 * Counts the CPU time of a whole process that does nothing but call KV, after a warm-up.
 * Runs in a JVM of its own; KV is in another.
 */
public final class TransportCpu {

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final int VALUE_CHARS = 2000;

	private static final int KEYS_OF_BULK = 100;

	private static final int PARALLEL = 8;

	/** Calls under way at once at a steady pace, if KV falls behind. */
	private static final int MOST_UNDER_WAY = 64;

	/** Calls before those at a steady pace. */
	private static final int WARM_UP = 1600;

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final RestKvClient client;

	private TransportCpu(RestKvClient client) {
		this.client = client;
	}

	/**
	 * Measures one transport.
	 * @param args base URL, account, namespace, token, request factory; then calls to
	 * warm up and calls to measure, or "pace", calls a second and seconds
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		KvConnection connection = new KvConnection(URI.create(args[0]), args[1], args[2], args[3]);
		ThreadKvScheduler scheduler = new ThreadKvScheduler();
		RestClientTransport transport = args[4].startsWith("ours")
				? RestClientTransport.create(connection, TIMEOUT, TIMEOUT, scheduler, TransportLimits.DEFAULT)
				: new RestClientTransport(connection,
						RestClient.builder().requestFactory(RequestFactories.create(args[4])), scheduler,
						TransportLimits.DEFAULT);
		RestKvClient client = new RestKvClient(connection, transport, InstantSource.system());
		TransportCpu cpu = new TransportCpu(client);
		if (args[5].equals("pace")) {
			cpu.pace(Integer.parseInt(args[6]), Integer.parseInt(args[7]));
		}
		else {
			cpu.run(Integer.parseInt(args[5]), Integer.parseInt(args[6]));
		}
		System.exit(0);
	}

	private void run(int warmUp, int calls) {
		Map<String, IntFunction<CompletionStage<?>>> operations = operations();
		for (int key = 0; key < KEYS_OF_BULK; key++) {
			put(key).toCompletableFuture().join();
		}
		operations.values().forEach((operation) -> repeat(operation, warmUp, PARALLEL));
		operations.forEach((name, operation) -> {
			System.out.printf("%s.serial=%.4f%n", name, cpuOf(operation, calls, 1));
			System.out.printf("%s.parallel=%.4f%n", name, cpuOf(operation, calls, PARALLEL));
		});
	}

	private void pace(int callsPerSecond, int seconds) throws InterruptedException {
		repeat(this::getOrPut, WARM_UP, PARALLEL);
		int calls = callsPerSecond * seconds;
		long begin = System.nanoTime();
		long before = this.system.getProcessCpuTime();
		List<CompletableFuture<?>> underWay = new ArrayList<>();
		for (int call = 0; call < calls; call++) {
			if (call >= MOST_UNDER_WAY) {
				underWay.get(call - MOST_UNDER_WAY).join();
			}
			underWay.add(getOrPut(call).toCompletableFuture());
			TimeUnit.NANOSECONDS
				.sleep(begin + TimeUnit.SECONDS.toNanos(call + 1L) / callsPerSecond - System.nanoTime());
		}
		underWay.forEach(CompletableFuture::join);
		System.out.printf("paced=%.4f%n", (this.system.getProcessCpuTime() - before) / 1e6 / calls);
	}

	private CompletionStage<?> getOrPut(int index) {
		return (index % 2 == 0) ? this.client.get(key(index)) : put(index);
	}

	private Map<String, IntFunction<CompletionStage<?>>> operations() {
		List<String> keys = new ArrayList<>();
		for (int key = 0; key < KEYS_OF_BULK; key++) {
			keys.add(key(key));
		}
		Map<String, IntFunction<CompletionStage<?>>> operations = new LinkedHashMap<>();
		operations.put("get", (index) -> this.client.get(key(index)));
		operations.put("put", this::put);
		operations.put("bulk-get", (index) -> this.client.getAll(keys));
		return operations;
	}

	private CompletionStage<?> put(int index) {
		return this.client.put(new KvPair(key(index), "x".repeat(VALUE_CHARS), Duration.ofDays(7), null));
	}

	private static String key(int index) {
		return "session:benchmark-" + (index % KEYS_OF_BULK);
	}

	private double cpuOf(IntFunction<CompletionStage<?>> operation, int calls, int parallel) {
		long before = this.system.getProcessCpuTime();
		repeat(operation, calls, parallel);
		return (this.system.getProcessCpuTime() - before) / 1e6 / calls;
	}

	private static void repeat(IntFunction<CompletionStage<?>> operation, int calls, int parallel) {
		for (int done = 0; done < calls; done += parallel) {
			List<CompletableFuture<?>> underWay = new ArrayList<>();
			for (int index = 0; index < parallel; index++) {
				underWay.add(operation.apply(done + index).toCompletableFuture());
			}
			underWay.forEach(CompletableFuture::join);
		}
	}

}
