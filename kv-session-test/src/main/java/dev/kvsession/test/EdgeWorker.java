package dev.kvsession.test;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The project's gateway Worker on 127.0.0.1, run by workerd, Cloudflare's own runtime.
 * Its KV is in a temporary folder that is removed at the end, unless {@code KV_PERSIST}
 * names another. Unlike {@link KvEmulator} it has no faults or staleness on demand, but
 * its answers come from Cloudflare's code. Needs a checkout of {@code edge-worker}, Node
 * and {@code npm ci} in it.
 * <p>
 * Safe for concurrent use.
 */
public final class EdgeWorker implements AutoCloseable {

	private static final int SECONDS_TO_END = 10;

	private static final String SECRET = "GATEWAY_SECRET";

	/** Removed from the environment, where they may belong to another Worker. */
	private static final Set<String> VARIABLES = Set.of(SECRET, "GATEWAY_SECRET_PREVIOUS", "ACCOUNT_ID", "NAMESPACE_ID",
			"KEY_PREFIXES", "ORIGIN", "SESSION_PREFIX", "SESSION_COOKIE", "LOGIN_PATH", "TOUCH_PATH", "TOUCH_SECONDS");

	private final Process process;

	private final Map<String, String> lines;

	private EdgeWorker(Process process, Map<String, String> lines) {
		this.process = process;
		this.lines = lines;
	}

	/**
	 * Returns why the Worker cannot be started on this machine.
	 * @param folder where {@code edge-worker} lies
	 * @return what is missing and how to get it, or {@code null} if all is there
	 */
	public static @Nullable String missing(Path folder) {
		String node = NodeVersion.missing(NodeVersion.ofThisMachine());
		if (node != null) {
			return node;
		}
		if (!Files.isDirectory(folder.resolve("node_modules/miniflare"))) {
			return "its packages are not installed; run 'npm ci' in " + folder.normalize();
		}
		return null;
	}

	/**
	 * Builds and starts the Worker; takes some seconds. It ends with this JVM.
	 * @param folder where {@code edge-worker} lies
	 * @param variables the Worker's variables that differ from {@code npm run dev};
	 * {@code PORT} (default: a free one); {@code KV_PERSIST}, a folder to keep (default:
	 * {@code memory})
	 * @return the running Worker
	 * @throws IllegalStateException if it does not start; the message has its last output
	 * @throws UncheckedIOException if Node cannot be run
	 */
	public static EdgeWorker start(Path folder, Map<String, String> variables) {
		ProcessBuilder node = new ProcessBuilder("node", "scripts/dev.mjs").directory(folder.toFile())
			.redirectErrorStream(true);
		node.environment().keySet().removeAll(VARIABLES);
		node.environment().putAll(Map.of("PORT", "0", "KV_PERSIST", "memory", "EXIT_WITH_STDIN", "1"));
		node.environment().putAll(variables);
		try {
			Process process = node.start();
			Map<String, String> lines = EdgeWorkerOutput.awaitReady(process);
			// The Worker does not print a secret that was given to it.
			lines.computeIfPresent(EdgeWorkerOutput.TOKEN, (name, printed) -> variables.getOrDefault(SECRET, printed));
			return new EdgeWorker(process, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Node could not be started", ex);
		}
	}

	/**
	 * Returns the Worker's address, below which are its pages.
	 * @return a URL without path
	 */
	public URI uri() {
		return URI.create(this.lines.getOrDefault(EdgeWorkerOutput.READY, ""));
	}

	/**
	 * Returns what an application needs to keep its sessions here.
	 * @return {@code cloudflare.kv.base-url}, {@code .account-id}, {@code .namespace-id}
	 * and {@code .api-token}; a modifiable copy
	 */
	public Map<String, Object> properties() {
		Map<String, Object> properties = new TreeMap<>(this.lines);
		properties.remove(EdgeWorkerOutput.READY);
		return properties;
	}

	/** Ends the Worker, and removes its temporary folder. */
	@Override
	public void close() {
		end(SECONDS_TO_END);
	}

	// Asks it to end, and kills it if it does not.
	void end(int seconds) {
		try (OutputStream input = this.process.getOutputStream()) {
			input.flush();
		}
		catch (IOException ex) {
			// It has ended by itself.
		}
		try {
			if (!this.process.waitFor(seconds, TimeUnit.SECONDS)) {
				kill(this.process);
			}
		}
		catch (InterruptedException ex) {
			kill(this.process);
			Thread.currentThread().interrupt();
		}
	}

	// Kills Node and its child workerd, which would otherwise continue.
	static void kill(Process process) {
		// First, because a process without its parent is not a descendant any more.
		List<ProcessHandle> descendants = process.descendants().toList();
		process.destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	ProcessHandle node() {
		return this.process.toHandle();
	}

}
