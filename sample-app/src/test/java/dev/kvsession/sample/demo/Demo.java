package dev.kvsession.sample.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

import dev.kvsession.sample.TestSampleApplication;
import dev.kvsession.sample.github.GitHubStandIn;

/**
 * The sample as a demo: the application in a process of its own, so that a restart leaves
 * nothing of its memory, and what outlives it in this one: the stand-in for GitHub and
 * the pages that are shown meanwhile. Safe for concurrent use.
 */
public final class Demo implements AutoCloseable {

	/** First argument of a process that is an instance of the application. */
	static final String INSTANCE = "--demo-instance";

	private static final int APP_PORT = 8080;

	private static final int GITHUB_PORT = 8790;

	private static final long POLL_MILLIS = 100;

	private static final Duration START = Duration.ofMinutes(2);

	/** Below the ports that systems give to outgoing connections. */
	private static final int FREE_PORTS_FROM = 20_000;

	private static final int FREE_PORTS = 12_000;

	private final ExecutorService work = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "demo");
		thread.setDaemon(true);
		return thread;
	});

	private final GitHubStandIn github;

	private final DemoPages pages;

	private final AppProcess app;

	private final AppProcess second;

	private volatile boolean restarting;

	private Demo(Map<String, ?> kv, Map<String, ?> kvOfSecond, String... arguments) throws IOException {
		Map<String, Object> given = given(arguments);
		int wanted = Integer.parseInt(given.getOrDefault("server.port", APP_PORT).toString());
		int port = (wanted != 0) ? wanted : free(0);
		this.github = GitHubStandIn.startOn(GITHUB_PORT);
		this.pages = new DemoPages(this, UUID.randomUUID().toString());
		this.second = new AppProcess(free(port + 1), properties(kvOfSecond, given));
		Map<String, Object> first = properties(kv, given);
		first.putAll(this.pages.properties());
		this.app = new AppProcess(port, first);
	}

	/**
	 * Runs an instance if that is what this process was started for.
	 * @param arguments the command line
	 * @return whether it was
	 */
	public static boolean runInstance(String... arguments) {
		if (arguments.length == 0 || !arguments[0].equals(INSTANCE)) {
			return false;
		}
		DemoInstance.run(Arrays.copyOfRange(arguments, 1, arguments.length));
		return true;
	}

	// Maven's plugin finds the class to run, and wants one only.
	static String mainClass() {
		return TestSampleApplication.class.getName();
	}

	/**
	 * Starts everything and returns when the application answers.
	 * @param kv the properties that lead to KV
	 * @param kvOfSecond those of the second instance
	 * @param arguments the application's command line arguments, which win
	 * @return the running demo
	 * @throws IllegalStateException if the application does not start
	 */
	public static Demo start(Map<String, ?> kv, Map<String, ?> kvOfSecond, String... arguments) {
		try {
			Demo demo = new Demo(kv, kvOfSecond, arguments);
			Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-exit"));
			demo.app.start();
			if (!demo.awaitApp()) {
				throw new IllegalStateException("The application did not start; see above for the reason.");
			}
			return demo;
		}
		catch (IOException ex) {
			throw new IllegalStateException("The demo found no port to listen on", ex);
		}
	}

	/** Ends the application's process and starts another one. */
	public void restart() {
		if (this.restarting) {
			return;
		}
		this.restarting = true;
		this.work.execute(() -> {
			try {
				this.app.stop();
				this.app.start();
				awaitApp();
			}
			finally {
				this.restarting = false;
			}
		});
	}

	/** Restarts at each line that is read, and returns when there are no more. */
	public void restartAtEachLine() throws IOException {
		for (int read = System.in.read(); read >= 0; read = System.in.read()) {
			if (read == '\n') {
				System.out.printf("%n  ==> Restarting the application. KV and your login stay.%n%n");
				restart();
			}
		}
	}

	public URI uri() {
		return this.app.uri();
	}

	@Override
	public void close() {
		this.work.shutdownNow();
		this.app.close();
		this.second.close();
		this.pages.close();
		this.github.close();
	}

	void startSecond() {
		this.second.start();
	}

	boolean isRestarting() {
		return this.restarting;
	}

	AppProcess app() {
		return this.app;
	}

	AppProcess second() {
		return this.second;
	}

	/** Waits until the application answers, its process has ended, or two minutes. */
	private boolean awaitApp() {
		long start = System.nanoTime();
		try {
			boolean ended = false;
			while (!ended && !this.app.answers()) {
				ended = this.app.endsWithin(POLL_MILLIS) || System.nanoTime() - start > START.toNanos();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.app.answers();
	}

	private Map<String, Object> properties(Map<String, ?> kv, Map<String, Object> given) {
		Map<String, Object> properties = new TreeMap<>(this.github.properties());
		properties.put("spring.profiles.active", "development");
		properties.putAll(kv);
		properties.putAll(given);
		return properties;
	}

	private static Map<String, Object> given(String... arguments) {
		Map<String, Object> given = new TreeMap<>();
		Arrays.stream(arguments)
			.map((argument) -> argument.replaceFirst("^--", "").split("=", 2))
			.forEach((parts) -> given.put(parts[0], (parts.length == 2) ? parts[1] : ""));
		return given;
	}

	// A port that the system may give to a connection would be taken during a restart.
	private static int free(int wanted) throws IOException {
		int port = (wanted != 0) ? wanted : FREE_PORTS_FROM + ThreadLocalRandom.current().nextInt(FREE_PORTS);
		try (ServerSocket socket = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (BindException ex) {
			return free(0);
		}
	}

}
