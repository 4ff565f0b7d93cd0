package dev.kvsession.autoconfigure.aot;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application processed ahead of time, as Boot's build plugins do it, in JVMs of their
 * own.
 */
final class AotBuild {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final long MAX_SECONDS = 120;

	private final Class<?> main;

	private final Path directory;

	private AotBuild(Class<?> main, Path directory) {
		this.main = main;
		this.directory = directory;
	}

	/**
	 * Processes an application and compiles what comes out.
	 * @param main the application's main class
	 * @param directory where to build
	 * @param properties what is set at build time
	 * @return the build
	 */
	static AotBuild of(Class<?> main, Path directory, String... properties) {
		AotBuild build = new AotBuild(main, directory);
		List<String> command = new ArrayList<>(List.of(SpringApplicationAotProcessor.class.getName(), main.getName(),
				build.path("sources"), build.path("resources"), build.path("classes"), "dev.kvsession", "aot-shop"));
		command.addAll(arguments(properties));
		Process process = build.start(CLASS_PATH, List.of(), command, Map.of());
		assertThat(ended(process)).as(build.log()).isZero();
		build.compile();
		return build;
	}

	private void compile() {
		try (Stream<Path> sources = Files.walk(this.directory.resolve("sources"))) {
			List<String> arguments = new ArrayList<>(
					List.of("-nowarn", "-proc:none", "-d", path("classes"), "-cp", classPath()));
			sources.map(Path::toString).filter((name) -> name.endsWith(".java")).forEach(arguments::add);
			assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
				.isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads what was said about a native image.
	 * @return the metadata of all modules
	 */
	String nativeImageMetadata() {
		try (Stream<Path> files = Files.walk(this.directory.resolve("resources"))) {
			StringBuilder text = new StringBuilder();
			for (Path file : files.filter((path) -> path.toString().endsWith(".json")).toList()) {
				text.append(Files.readString(file));
			}
			return text.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the application as it was built.
	 * @param environment its environment variables
	 * @param properties its arguments
	 * @return the application, which serves requests
	 */
	Running run(Map<String, String> environment, String... properties) {
		return new Running(started(environment, properties));
	}

	/**
	 * Starts the application, which must fail.
	 * @param environment its environment variables
	 * @param properties its arguments
	 * @return what it said
	 */
	String failedRun(Map<String, String> environment, String... properties) {
		assertThat(ended(started(environment, properties))).as(log()).isNotZero();
		return log();
	}

	private Process started(Map<String, String> environment, String... properties) {
		List<String> command = new ArrayList<>(
				List.of(this.main.getName(), "--server.port=0", "--server.address=127.0.0.1"));
		command.addAll(arguments(properties));
		return start(classPath(), List.of("-Dspring.aot.enabled=true"), command, environment);
	}

	private Process start(String classPath, List<String> options, List<String> command,
			Map<String, String> environment) {
		List<String> whole = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classPath));
		whole.addAll(options);
		whole.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile());
		builder.environment().putAll(environment);
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> arguments(String... properties) {
		return Stream.of(properties).map((property) -> "--" + property).toList();
	}

	private static int ended(Process process) {
		try {
			if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new AssertionError("It did not end");
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private String classPath() {
		return String.join(File.pathSeparator, path("classes"), path("resources"), CLASS_PATH);
	}

	private String path(String name) {
		return this.directory.resolve(name).toString();
	}

	private String log() {
		try {
			return Files.readString(this.directory.resolve("log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An application that serves requests.
	 */
	final class Running implements AutoCloseable {

		private final Process process;

		private final String url;

		private Running(Process process) {
			this.process = process;
			this.url = "http://127.0.0.1:" + port();
		}

		private String port() {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
			while (System.nanoTime() < end && !exited()) {
				Matcher port = PORT.matcher(log());
				if (port.find()) {
					return port.group(1);
				}
			}
			this.process.destroyForcibly();
			throw new AssertionError(log());
		}

		private boolean exited() {
			try {
				return this.process.waitFor(100, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return true;
			}
		}

		String url() {
			return this.url;
		}

		String log() {
			return AotBuild.this.log();
		}

		@Override
		public void close() {
			this.process.destroy();
			ended(this.process);
		}

	}

}
