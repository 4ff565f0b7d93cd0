package dev.kvsession.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.sun.management.OperatingSystemMXBean;

/**
 * Says where, when and of what something was measured.
 */
public final class Machine {

	private static final Path CPU = Path.of("/proc/cpuinfo");

	private Machine() {
	}

	/**
	 * Describes a run.
	 * @param mode how long it takes
	 * @return one line
	 * @throws IOException if the machine does not tell
	 */
	public static String describe(Mode mode) throws IOException {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return String.format("%s, %s run, commit %s. %s, %d cores, %d GB, %s %s, Java %s. Load average before: %.1f.",
				Instant.now().truncatedTo(ChronoUnit.MINUTES), mode.name().toLowerCase(java.util.Locale.ROOT), commit(),
				cpu(), Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize() >> 30, system.getName(),
				system.getVersion(), Runtime.version(), system.getSystemLoadAverage());
	}

	private static String cpu() throws IOException {
		if (!Files.isReadable(CPU)) {
			return System.getProperty("os.arch");
		}
		return Files.readAllLines(CPU)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse(System.getProperty("os.arch"));
	}

	private static String commit() throws IOException {
		String commit = git("rev-parse", "--short", "HEAD");
		return git("status", "--porcelain", "--untracked-files=no", "--", "*.java", "*pom.xml").isEmpty() ? commit
				: commit + " with changes";
	}

	private static String git(String... args) throws IOException {
		String[] command = new String[args.length + 1];
		command[0] = "git";
		System.arraycopy(args, 0, command, 1, args.length);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
	}

}
