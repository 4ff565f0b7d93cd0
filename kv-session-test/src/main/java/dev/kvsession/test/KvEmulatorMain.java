package dev.kvsession.test;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * Runs a {@link KvEmulator} from the command line, for development:
 * {@code java -jar kv-session-test-VERSION-standalone.jar --port=8787
 * --file=kv.json}.
 */
public final class KvEmulatorMain {

	private static final int DEFAULT_PORT = 8787;

	private static final int WRONG_USAGE = 2;

	private static final String USAGE = """
			Usage: java -jar kv-session-test-VERSION-standalone.jar [--port=8787] [--file=kv.json] [--realistic]
			  --port       the port on 127.0.0.1; 0 for a free one
			  --file       the file that keeps what is stored; without it everything ends with the process
			  --realistic  reads as stale as KV's, its limits and its latency; otherwise reads see the last write
			""";

	private KvEmulatorMain() {
	}

	/**
	 * Starts the emulator and runs until the process ends.
	 * @param arguments see {@code --help}
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		List<String> all = List.of(arguments);
		if (all.contains("--help")) {
			System.out.print(USAGE);
			return;
		}
		KvEmulator emulator = start(all, System.err);
		if (emulator == null) {
			System.exit(WRONG_USAGE);
			return;
		}
		String file = value(all, "--file");
		System.out.printf("""
				KvEmulator: Workers KV at %s, %s. Ctrl+C ends it.
				Set these properties in your application:

				%s
				%n""", emulator.baseUrl(),
				(file != null) ? "kept in " + Path.of(file).toAbsolutePath() : "kept in memory only",
				String.join(System.lineSeparator(), emulator.propertyPairs()));
		new CountDownLatch(1).await();
	}

	private static @Nullable KvEmulator start(List<String> arguments, PrintStream errors) {
		try {
			arguments.forEach(KvEmulatorMain::requireKnown);
			String port = value(arguments, "--port");
			KvEmulatorSettings settings = arguments.contains("--realistic")
					? KvEmulatorSettings.realistic(System.nanoTime()) : KvEmulatorSettings.strong();
			KvEmulator emulator = KvEmulator.start(settings, (port != null) ? Integer.parseInt(port) : DEFAULT_PORT,
					InstantSource.system());
			String file = value(arguments, "--file");
			return (file != null) ? emulator.keepIn(Path.of(file)) : emulator;
		}
		catch (IllegalArgumentException | UncheckedIOException ex) {
			errors.println(ex.getMessage());
			errors.print(USAGE);
			return null;
		}
	}

	private static void requireKnown(String argument) {
		if (!argument.matches("--port=\\d{1,5}|--file=.+|--realistic")) {
			throw new IllegalArgumentException("Unknown option or value: " + argument);
		}
	}

	private static @Nullable String value(List<String> arguments, String name) {
		return arguments.stream()
			.filter((argument) -> argument.startsWith(name + "="))
			.map((argument) -> argument.substring(name.length() + 1))
			.findFirst()
			.orElse(null);
	}

}
