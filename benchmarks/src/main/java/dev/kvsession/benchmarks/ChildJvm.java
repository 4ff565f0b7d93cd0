package dev.kvsession.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A fresh JVM, which says {@code name=value} for what it has measured. Ended with this
 * object at the latest.
 */
public final class ChildJvm implements AutoCloseable {

	private static final int EXIT_SECONDS = 10;

	private final Process process;

	private final BufferedReader output;

	/**
	 * Starts a JVM.
	 * @param options the JVM's options
	 * @param main the class to run
	 * @param args its arguments
	 * @throws IOException if it cannot be started
	 */
	public ChildJvm(List<String> options, Class<?> main, String... args) throws IOException {
		this(System.getProperty("java.class.path"), options, main, args);
	}

	/**
	 * Starts a JVM on another class path.
	 * @param classPath the class path
	 * @param options the JVM's options
	 * @param main the class to run
	 * @param args its arguments
	 * @throws IOException if it cannot be started
	 */
	public ChildJvm(String classPath, List<String> options, Class<?> main, String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(List.of(args));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		// For Ctrl+C.
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		this.output = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Waits for a value.
	 * @param name its name
	 * @return the value
	 * @throws IOException if the JVM ends without having said it
	 */
	public String await(String name) throws IOException {
		StringBuilder said = new StringBuilder();
		for (String line = line(); line != null; line = line()) {
			if (line.startsWith(name + "=")) {
				return line.substring(name.length() + 1);
			}
			said.append(line).append('\n');
		}
		throw new IOException("The JVM ended before it said '" + name + "':\n" + said);
	}

	/**
	 * Reads all values until the JVM ends.
	 * @return the values by name
	 * @throws IOException if it ends with an error
	 */
	public Map<String, Double> values() throws IOException {
		Map<String, Double> values = new TreeMap<>();
		StringBuilder said = new StringBuilder();
		for (String line = line(); line != null; line = line()) {
			said.append(line).append('\n');
			int sign = line.indexOf('=');
			if (sign > 0 && line.substring(sign + 1).matches("-?[0-9.]+")) {
				values.put(line.substring(0, sign), Double.valueOf(line.substring(sign + 1)));
			}
		}
		if (values.isEmpty()) {
			throw new IOException("The JVM has measured nothing:\n" + said);
		}
		return values;
	}

	/**
	 * Ends the JVM as a power cut does.
	 * @throws InterruptedException if interrupted
	 */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	private @Nullable String line() throws IOException {
		return this.output.readLine();
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

}
