package dev.kvsession.benchmarks.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Redis and PostgreSQL on spare ports of 127.0.0.1, where they are installed. Each is a
 * process of this object, and ends with it; their data goes with a temporary folder.
 */
public final class LocalServers implements AutoCloseable {

	private static final Path POSTGRES = Path.of("/usr/lib/postgresql");

	private static final int START_SECONDS = 30;

	private final List<Process> processes = new ArrayList<>();

	private final Path data;

	/**
	 * Starts what is installed, and says by the system properties of {@link Stores} where
	 * it listens.
	 * @throws Exception if an installed server does not start
	 */
	public LocalServers() throws Exception {
		this.data = Files.createTempDirectory("kv-session-benchmarks");
		startRedis();
		startPostgres();
	}

	/**
	 * The system properties as options of a JVM.
	 * @return the options
	 */
	public List<String> options() {
		return Stream.of(Stores.REDIS_PORT, Stores.POSTGRES_PORT)
			.filter((name) -> System.getProperty(name) != null)
			.map((name) -> "-D" + name + "=" + System.getProperty(name))
			.toList();
	}

	private void startRedis() throws Exception {
		if (run("which", "redis-server") != 0) {
			System.out.println("  Redis is not installed (apt-get install redis-server) and is left out");
			return;
		}
		int port = sparePort();
		start(port, "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "",
				"--appendonly", "no", "--dir", this.data.toString());
		System.setProperty(Stores.REDIS_PORT, Integer.toString(port));
	}

	private void startPostgres() throws Exception {
		Path programs = postgresPrograms();
		if (programs == null) {
			System.out.println("  PostgreSQL is not installed and is left out");
			return;
		}
		int port = sparePort();
		Path database = this.data.resolve("postgresql");
		List<String> as = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			// PostgreSQL does not run as root; setpriv becomes the server, so that its id
			// is the process's.
			as.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
			run("chown", "postgres", this.data.toString());
		}
		run(join(as, programs.resolve("initdb").toString(), "-U", "postgres", "-A", "trust", "-D",
				database.toString()));
		start(port,
				join(as, programs.resolve("postgres").toString(), "-D", database.toString(), "-p",
						Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c",
						"unix_socket_directories=" + this.data));
		System.setProperty(Stores.POSTGRES_PORT, Integer.toString(port));
	}

	private static @Nullable Path postgresPrograms() throws IOException {
		if (!Files.isDirectory(POSTGRES)) {
			return null;
		}
		try (Stream<Path> versions = Files.list(POSTGRES)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((programs) -> Files.isExecutable(programs.resolve("initdb")))
				.findFirst()
				.orElse(null);
		}
	}

	private static String[] join(List<String> first, String... rest) {
		return Stream.concat(first.stream(), Stream.of(rest)).toArray(String[]::new);
	}

	private void start(int port, String... command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.processes.add(process);
		// For Ctrl+C.
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!listens(port)) {
			if (!process.isAlive() || System.nanoTime() > end) {
				throw new IOException(command[0] + " did not start");
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int sparePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static int run(String... command) throws Exception {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	@Override
	public void close() throws Exception {
		for (Process process : this.processes) {
			process.destroy();
			if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		run("rm", "-r", this.data.toString());
	}

}
