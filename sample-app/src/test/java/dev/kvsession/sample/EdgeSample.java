package dev.kvsession.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.springframework.util.Assert;

import dev.kvsession.sample.demo.Demo;
import dev.kvsession.test.EdgeWorker;

/**
 * The sample on the gateway Worker: sessions in workerd's KV, which keeps them on disk,
 * and the Worker as the front of the app.
 */
final class EdgeSample {

	/** {@code --edge}, or {@code --edge=} and another port for the Worker. */
	static final String SWITCH = "--edge";

	/** Where the Worker lies, seen from a module's folder. */
	static final Path WORKER_OF_A_MODULE = Path.of("..", "edge-worker");

	/**
	 * The page that the Worker asks for so that a visit at the edge renews its session.
	 */
	static final String TOUCH_PATH = "/api/me";

	/** What the gateway opens: beside the usual keys those of the user index. */
	static final String KEY_PREFIXES = "session: session-gone: session-renamed: user-sessions:";

	private static final String EDGE_PORT = "8787";

	private static final String APP_PORT = "8080";

	private EdgeSample() {
	}

	static boolean isWanted(String... arguments) {
		return Arrays.stream(arguments).anyMatch(EdgeSample::isSwitch);
	}

	static void run(String... arguments) throws IOException {
		Path folder = Files.isDirectory(WORKER_OF_A_MODULE) ? WORKER_OF_A_MODULE : Path.of("edge-worker");
		install(folder);
		String missing = EdgeWorker.missing(folder);
		Assert.state(missing == null, () -> "The Worker cannot be started: " + missing);
		EdgeWorker worker = start(folder, arguments);
		Demo demo = Demo.start(worker.properties(), worker.properties(),
				Arrays.stream(arguments).filter((argument) -> !isSwitch(argument)).toArray(String[]::new));
		System.out.printf("""

				  ==> Open %1$s in your browser: the app, behind the Worker.
				      %1$s/edge    made by the Worker alone, once you are logged in
				      %2$s         the app itself, with the same login
				      Press Enter to restart the application: you stay logged in. Ctrl+C stops everything.

				""", onLocalhost(worker), demo.uri());
		demo.restartAtEachLine();
	}

	/**
	 * The Worker's address under the name that the app has, too: browsers send a host's
	 * cookies to all of its ports, but those of localhost not to 127.0.0.1.
	 */
	static URI onLocalhost(EdgeWorker worker) {
		return URI.create("http://localhost:" + worker.uri().getPort());
	}

	private static EdgeWorker start(Path folder, String... arguments) {
		String port = value(SWITCH, EDGE_PORT, arguments);
		String kv = folder.resolve(".wrangler/kv").toAbsolutePath().normalize().toString();
		String origin = "http://localhost:" + value("--server.port", APP_PORT, arguments);
		try {
			return EdgeWorker.start(folder, Map.of("PORT", port, "KV_PERSIST", kv, "KEY_PREFIXES", KEY_PREFIXES,
					"ORIGIN", origin, "TOUCH_PATH", TOUCH_PATH));
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException("The Worker did not start. If port " + port
					+ " is in use, choose another one, such as " + SWITCH + "=8788", ex);
		}
	}

	/** Fetches the Worker's packages at first use; without Node, that is told later. */
	private static void install(Path folder) {
		if (Files.isDirectory(folder.resolve("node_modules"))) {
			return;
		}
		try {
			Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
				.directory(folder.toFile())
				.inheritIO()
				.start();
			System.out.println("Fetching the Worker's packages (npm ci), once; that takes up to a minute.");
			npm.waitFor();
		}
		catch (IOException ex) {
			// No npm.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isSwitch(String argument) {
		return argument.equals(SWITCH) || argument.startsWith(SWITCH + "=");
	}

	private static String value(String name, String otherwise, String... arguments) {
		return Arrays.stream(arguments)
			.filter((argument) -> argument.startsWith(name + "="))
			.map((argument) -> argument.substring(name.length() + 1))
			.findFirst()
			.orElse(otherwise);
	}

}
