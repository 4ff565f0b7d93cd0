package dev.kvsession.benchmarks.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.test.KvEmulatorCore;

/**
 * The sample's start beside that of the same application on a map, in turn, each in a
 * fresh JVM. {@code benchmarks/run} has unpacked the sample's jar.
 */
public final class StartupPart implements Part {

	private static final Path SAMPLE = Path.of("benchmarks/target/sample");

	private static final Map<String, String> SETTINGS = Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET",
			"secret", "CLOUDFLARE_KV_ACCOUNT_ID", KvEmulatorCore.ACCOUNT_ID, "CLOUDFLARE_KV_NAMESPACE_ID",
			KvEmulatorCore.NAMESPACE_ID, "CLOUDFLARE_KV_API_TOKEN", KvEmulatorCore.API_TOKEN, "CLOUDFLARE_KV_BASEURL",
			"http://127.0.0.1:1");

	private static final double BOUND = 150;

	@Override
	public String name() {
		return "startup";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		List<Double> map = new ArrayList<>();
		List<Double> ours = new ArrayList<>();
		int rounds = mode.of(10, 4);
		for (int round = 1; round <= rounds; round++) {
			System.out.printf("  start %d of %d%n", round, rounds);
			map.add(start("dev.kvsession.benchmarks.startup.MapSample"));
			ours.add(start("dev.kvsession.sample.SampleApplication"));
		}
		section.text("From the JVM's start to \"Started\", median of " + rounds + ", in turn.");
		section.table("sample on", "ms");
		section.row("map", median(map));
		section.row("kv-session", median(ours));
		double added = median(ours) - median(map);
		section.check("the starter adds under 150 ms", Section.rounded(added) + " ms", added < BOUND);
	}

	private static double start(String main) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", classPath(),
				main, "--server.port=0", "--spring.main.banner-mode=off")
			.redirectErrorStream(true);
		builder.environment().putAll(SETTINGS);
		long start = System.nanoTime();
		Process process = builder.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			StringBuilder said = new StringBuilder();
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.contains(" : Started ")) {
					return (System.nanoTime() - start) / 1e6;
				}
				said.append(line).append('\n');
			}
			throw new IOException("The application did not start:\n" + said);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static String classPath() throws IOException {
		try (var files = Files.list(SAMPLE)) {
			Path jar = files.filter((file) -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
			return String.format(Locale.ROOT, "%s:%s/lib/*:benchmarks/target/classes", jar, SAMPLE);
		}
	}

	private static double median(List<Double> values) {
		Collections.sort(values);
		int middle = values.size() / 2;
		return (values.size() % 2 == 1) ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
	}

}
