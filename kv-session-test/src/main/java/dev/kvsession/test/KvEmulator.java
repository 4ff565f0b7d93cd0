package dev.kvsession.test;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.http.HttpListener;
import dev.kvsession.test.http.HttpMessage;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * A server on 127.0.0.1 that speaks the Workers KV REST API, for tests and for
 * development without Cloudflare. Start it and set {@code cloudflare.kv.base-url} to
 * {@link #baseUrl()}. {@link #log()} and {@link #contents()} show its state,
 * {@link #faults()} cause failures. Its entries are in memory, and in a file if
 * {@link #keepIn(Path)} names one.
 * <p>
 * Safe for concurrent use.
 */
public final class KvEmulator implements AutoCloseable {

	private static final String BASE_PATH = "/client/v4";

	private final KvEmulatorCore core;

	private final InstantSource clock;

	private final HttpListener listener;

	private volatile @Nullable KvFile file;

	private final Thread atExit = new Thread(this::closeFile, "kv-emulator-exit");

	private KvEmulator(KvEmulatorSettings settings, int port, InstantSource clock) {
		this.core = new KvEmulatorCore(settings);
		this.clock = clock;
		this.listener = HttpListener.start(port, this::handle);
	}

	/**
	 * Starts a strongly consistent, unlimited KV on a free port.
	 * @return the running emulator
	 * @see KvEmulatorSettings#strong()
	 */
	public static KvEmulator start() {
		return start(KvEmulatorSettings.strong());
	}

	/**
	 * Starts a KV on a free port.
	 * @param settings the settings
	 * @return the running emulator
	 */
	public static KvEmulator start(KvEmulatorSettings settings) {
		return start(settings, 0, InstantSource.system());
	}

	/**
	 * Starts a KV.
	 * @param settings the settings
	 * @param port the port to listen on, 0 for a free one
	 * @param clock tells the time at which calls arrive; must not go back
	 * @return the running emulator
	 * @throws java.io.UncheckedIOException if the port is in use
	 */
	public static KvEmulator start(KvEmulatorSettings settings, int port, InstantSource clock) {
		return new KvEmulator(settings, port, clock);
	}

	/**
	 * Loads a file's entries, at once visible to every reader, and keeps the file up to
	 * date: a second after a change, at {@link #close()} and when the JVM exits. A file
	 * that cannot be read is renamed with a warning in the log.
	 * @param file the file; created if there is none
	 * @return this
	 * @throws IllegalStateException if there is a file already
	 */
	public synchronized KvEmulator keepIn(Path file) {
		if (this.file != null) {
			throw new IllegalStateException("KvEmulator: keepIn can be called once.");
		}
		KvFile kept = new KvFile(file, contents());
		kept.load();
		this.file = kept;
		Runtime.getRuntime().addShutdownHook(this.atExit);
		return this;
	}

	/**
	 * Returns the base URL of the API.
	 * @return a URL that ends in {@code /client/v4}
	 */
	public String baseUrl() {
		return this.listener.address() + BASE_PATH;
	}

	/**
	 * Returns a base URL that names the client, so that the log and the read locations
	 * distinguish two instances of an application.
	 * @param client the client's name, of characters that a URL's path may hold
	 * @return a URL that ends in {@code /client/v4}
	 */
	public String baseUrl(String client) {
		return this.listener.address() + "/" + client + BASE_PATH;
	}

	/**
	 * Returns the id of the account that holds the namespace.
	 * @return 32 hex digits
	 */
	public String accountId() {
		return KvEmulatorCore.ACCOUNT_ID;
	}

	/**
	 * Returns the id of the namespace.
	 * @return 32 hex digits
	 */
	public String namespaceId() {
		return KvEmulatorCore.NAMESPACE_ID;
	}

	/**
	 * Returns the only token that is accepted.
	 * @return the token, worthless anywhere else
	 */
	public String apiToken() {
		return KvEmulatorCore.API_TOKEN;
	}

	/**
	 * Returns what an application needs to use this KV.
	 * @return {@code cloudflare.kv.base-url}, {@code .account-id}, {@code .namespace-id}
	 * and {@code .api-token}; a modifiable copy
	 */
	public Map<String, Object> properties() {
		Map<String, Object> properties = new TreeMap<>();
		properties.put("cloudflare.kv.base-url", baseUrl());
		properties.put("cloudflare.kv.account-id", accountId());
		properties.put("cloudflare.kv.namespace-id", namespaceId());
		properties.put("cloudflare.kv.api-token", apiToken());
		return properties;
	}

	/**
	 * Returns {@link #properties()} as Spring's test runners take them.
	 * @return one {@code name=value} per property
	 */
	public String[] propertyPairs() {
		return properties().entrySet()
			.stream()
			.map((property) -> property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
	}

	/**
	 * Returns the faults.
	 * @return the live faults
	 */
	public KvFaults faults() {
		return this.core.faults();
	}

	/**
	 * Returns the calls that arrived.
	 * @return the live log
	 */
	public KvCallLog log() {
		return this.core.log();
	}

	/**
	 * Returns the stored entries.
	 * @return a live view
	 */
	public KvContents contents() {
		return this.core.contents(this.clock);
	}

	/**
	 * Returns the settings.
	 * @return the current settings
	 */
	public KvEmulatorSettings settings() {
		return this.core.settings();
	}

	/**
	 * Changes the settings from the next call on.
	 * @param settings the new settings
	 * @see KvEmulatorCore#reconfigure(KvEmulatorSettings)
	 */
	public void reconfigure(KvEmulatorSettings settings) {
		this.core.reconfigure(settings);
	}

	/**
	 * Returns to the initial state, on the same port.
	 * @see KvEmulatorCore#reset()
	 */
	public void reset() {
		this.core.reset();
	}

	/** Stops listening, drops all connections and writes the file, if there is one. */
	@Override
	public void close() {
		this.listener.close();
		closeFile();
		try {
			Runtime.getRuntime().removeShutdownHook(this.atExit);
		}
		catch (IllegalStateException ex) {
			// The JVM is exiting.
		}
	}

	private void closeFile() {
		KvFile kept = this.file;
		if (kept != null) {
			kept.close();
		}
	}

	private KvEmulatorResponse handle(HttpMessage message) {
		String target = message.target();
		int base = Math.max(0, target.indexOf(BASE_PATH + "/"));
		String client = target.substring(0, base).replaceFirst("^/", "");
		String below = target.startsWith(BASE_PATH, base) ? target.substring(base + BASE_PATH.length()) : "/";
		KvEmulatorRequest request = new KvEmulatorRequest(client, message.method(), below, message.headers(),
				message.body());
		// The core's own lock, so that times are in the order of the calls.
		synchronized (this.core) {
			KvEmulatorResponse response = this.core.handle(request, this.clock.instant());
			noteChange(request);
			return response;
		}
	}

	private void noteChange(KvEmulatorRequest request) {
		KvFile kept = this.file;
		if (kept != null && !"GET".equals(request.method()) && !request.target().endsWith("/bulk/get")) {
			kept.changed();
		}
	}

}
