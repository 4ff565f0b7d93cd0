package dev.kvsession.sample.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * An instance of the application as a process of its own. Safe for concurrent use.
 */
final class AppProcess implements AutoCloseable {

	/** Longer than Spring's graceful shutdown of a server without requests. */
	private static final long SHUTDOWN_SECONDS = 35;

	private static final Duration ANSWER = Duration.ofSeconds(2);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();

	private final Map<String, String> properties = new TreeMap<>();

	private final int port;

	private volatile Process process;

	AppProcess(int port, Map<String, ?> properties) {
		this.port = port;
		properties.forEach((name, value) -> this.properties.put(name, String.valueOf(value)));
		this.properties.put("server.port", Integer.toString(port));
	}

	synchronized void start() {
		if (this.process != null && this.process.isAlive()) {
			return;
		}
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xmx256m", "-Dspring.output.ansi.enabled=detect", Demo.mainClass(), Demo.INSTANCE));
		this.properties.forEach((name, value) -> command.add("--" + name + "=" + value));
		ProcessBuilder java = new ProcessBuilder(command).redirectOutput(Redirect.INHERIT)
			.redirectError(Redirect.INHERIT);
		// Too long for a command line on Windows.
		java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		try {
			this.process = java.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The application could not be started: " + ex.getMessage(), ex);
		}
	}

	synchronized void stop() {
		if (this.process == null) {
			return;
		}
		this.process.destroy();
		try {
			if (!this.process.waitFor(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroyForcibly();
		}
	}

	long number() {
		return this.process.pid();
	}

	boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	boolean endsWithin(long millis) throws InterruptedException {
		return this.process == null || this.process.waitFor(millis, TimeUnit.MILLISECONDS);
	}

	boolean answers() {
		try {
			HttpRequest request = HttpRequest.newBuilder(uri().resolve("/favicon.svg")).timeout(ANSWER).build();
			return isRunning() && this.client.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	URI uri() {
		return URI.create("http://localhost:" + this.port);
	}

	@Override
	public void close() {
		stop();
	}

}
