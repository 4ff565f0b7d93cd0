package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One instance of the application on a port that it keeps, in one JVM after another. Safe
 * for concurrent use, but for {@link #start()}, {@link #kill()} and {@link #stop()},
 * which are called in turn.
 */
final class Instance {

	private static final int START_SECONDS = 120;

	private static final int STOP_SECONDS = 60;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final List<String> command;

	private final Path log;

	private final URI uri;

	private volatile Life life = new Life();

	private @Nullable Process process;

	/**
	 * Creates an instance that does not run yet.
	 * @param properties what it is configured with
	 * @param log takes its log
	 * @throws IOException if there is no free port
	 */
	Instance(Map<String, Object> properties, Path log) throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		this.uri = URI.create("http://127.0.0.1:" + port);
		this.log = log;
		this.command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx384m", "-cp",
				System.getProperty("java.class.path"), SoakApp.class.getName(), "--server.address=127.0.0.1",
				"--server.port=" + port));
		properties.forEach((property, value) -> this.command.add("--" + property + "=" + value));
	}

	URI uri() {
		return this.uri;
	}

	Path log() {
		return this.log;
	}

	/**
	 * The JVM that serves now, or served last.
	 * @return its life
	 */
	Life life() {
		return this.life;
	}

	void start() throws IOException, InterruptedException {
		this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		// For Ctrl+C.
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		this.life = new Life();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!isUp()) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				throw new IOException("An instance did not start; see " + this.log);
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	/**
	 * Ends the JVM as a power cut does.
	 * @throws InterruptedException if interrupted
	 */
	void kill() throws InterruptedException {
		if (this.process != null) {
			this.process.destroyForcibly().waitFor();
			this.life.killedAt = System.nanoTime();
		}
	}

	/**
	 * Ends the JVM as a deployment does.
	 * @throws InterruptedException if interrupted
	 */
	void stop() throws InterruptedException {
		if (this.process != null) {
			this.process.destroy();
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
	}

	private boolean isUp() throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.uri.resolve("/up")).timeout(PATIENCE).build();
		try {
			return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * A JVM, and when it was killed.
	 */
	static final class Life {

		private volatile long killedAt = Long.MAX_VALUE;

		/**
		 * Tells whether the JVM was killed soon after a moment.
		 * @param nanos the moment, by {@link System#nanoTime()}
		 * @param within how soon
		 * @return whether it was
		 */
		boolean wasKilled(long nanos, Duration within) {
			return this.killedAt != Long.MAX_VALUE && this.killedAt - nanos < within.toNanos();
		}

	}

}
