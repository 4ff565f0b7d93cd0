package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import dev.kvsession.test.EdgeWorker;

/**
 * The project's gateway in Cloudflare's own runtime, with KV on disk, behind a proxy that
 * breaks connections. Confined to a thread.
 */
final class Gateway implements AutoCloseable {

	private static final Path WORKER = Path.of("edge-worker");

	private final Path data;

	private final FaultProxy proxy;

	private EdgeWorker workerd;

	/**
	 * Starts the gateway.
	 * @param data takes what KV stores
	 * @throws IOException if the proxy cannot listen
	 */
	Gateway(Path data) throws IOException {
		this.data = data.toAbsolutePath();
		this.workerd = start("0");
		this.proxy = new FaultProxy(this.workerd.uri().getPort());
	}

	Map<String, Object> properties() {
		Map<String, Object> properties = this.workerd.properties();
		properties.put("cloudflare.kv.base-url", "http://127.0.0.1:" + this.proxy.port() + "/client/v4");
		return properties;
	}

	void fault(FaultProxy.Fault fault) {
		this.proxy.fault(fault);
	}

	/**
	 * Ends workerd as a power cut does.
	 */
	void kill() {
		ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().filter((command) -> command.endsWith("workerd")).isPresent())
			.forEach(ProcessHandle::destroyForcibly);
		this.workerd.close();
	}

	/**
	 * Starts workerd again, on the same port, with what it had stored.
	 */
	void restart() {
		this.workerd = start(Integer.toString(this.workerd.uri().getPort()));
	}

	private EdgeWorker start(String port) {
		return EdgeWorker.start(WORKER, Map.of("PORT", port, "KV_PERSIST", this.data.toString(), "KEY_PREFIXES", "*"));
	}

	@Override
	public void close() throws IOException {
		this.proxy.close();
		this.workerd.close();
	}

}
