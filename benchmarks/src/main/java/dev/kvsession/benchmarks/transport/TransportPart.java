package dev.kvsession.benchmarks.transport;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.kvsession.benchmarks.ChildJvm;
import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;

/**
 * CPU of a call to KV: what the library uses, beside the other clients that Spring's
 * {@code RestClient} can stand on.
 */
public final class TransportPart implements Part {

	/** The library's transport, as the starter brings it: on the JDK's client. */
	private static final String OURS = "ours";

	/** The library's transport where the application has Apache's client. */
	private static final String APACHE = "ours, Apache";

	private static final List<String> CLIENTS = List.of(OURS, APACHE, "jdk", "simple", "httpcomponents", "jetty",
			"reactor");

	private static final Duration LATENCY = Duration.ofMillis(25);

	/** Calls a second: what the REST API allows a token, and a busy gateway. */
	private static final List<Integer> PACES = List.of(4, 200);

	private static final int ROUNDS = 5;

	private static final int ROUND_SECONDS = 8;

	/**
	 * What a call may cost, in milliseconds of CPU.
	 */
	private static final double BOUND = 0.3;

	@Override
	public String name() {
		return "transport";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		section
			.text("Milliseconds of CPU per call of the whole client process, KV at 25 ms: 2 KB values, 100 of them in"
					+ " a bulk get; one call at a time / eight at a time. \"ours\" is the transport that the starter uses, on the JDK's"
					+ " client; \"ours, Apache\" is the same where the application has Apache's.");
		section.table("request factory", "GET", "PUT", "bulk get");
		Map<String, Double> ours = new TreeMap<>();
		KvEmulatorSettings settings = KvEmulatorSettings.strong().withLatency(KvLatency.between(LATENCY, LATENCY));
		try (KvEmulator kv = KvEmulator.start(settings)) {
			for (String client : CLIENTS) {
				Map<String, Double> cpu = measure(kv, client, mode);
				section.row(client, both(cpu, "get"), both(cpu, "put"), both(cpu, "bulk-get"));
				if (client.equals(APACHE)) {
					ours.putAll(cpu);
				}
			}
			paced(kv, section);
		}
		double worst = Math.max(ours.getOrDefault("get.parallel", 0.0), ours.getOrDefault("put.parallel", 0.0));
		section.check("CPU of a GET or PUT at most 0.3 ms, eight at a time, on Apache's client",
				Section.rounded(worst) + " ms", worst <= BOUND);
	}

	private static void paced(KvEmulator kv, Section section) throws Exception {
		section.text("The same at a steady pace, as the engine calls: GETs and PUTs in turn, all CPU of the process"
				+ " included. Milliseconds a call: median (least to most) of " + ROUNDS + " rounds of " + ROUND_SECONDS
				+ " s, the clients in turn.");
		section.table("calls a second", OURS, APACHE);
		for (int pace : PACES) {
			List<Double> ours = new ArrayList<>();
			List<Double> apaches = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				for (String client : List.of(OURS, APACHE)) {
					Map<String, Double> cpu = run(kv, client, "pace", Integer.toString(pace),
							Integer.toString(ROUND_SECONDS));
					(client.equals(OURS) ? ours : apaches).add(Objects.requireNonNull(cpu.get("paced")));
				}
			}
			section.row(Integer.toString(pace), spread(ours), spread(apaches));
		}
	}

	private static String spread(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return Section.rounded(sorted.get(sorted.size() / 2)) + " (" + Section.rounded(sorted.get(0)) + " to "
				+ Section.rounded(sorted.get(sorted.size() - 1)) + ")";
	}

	private static Map<String, Double> measure(KvEmulator kv, String client, Mode mode) throws Exception {
		return run(kv, client, Integer.toString(mode.of(4000, 800)), Integer.toString(mode.of(400, 120)));
	}

	private static Map<String, Double> run(KvEmulator kv, String client, String... how) throws Exception {
		List<String> args = new ArrayList<>(
				List.of(kv.baseUrl(), kv.accountId(), kv.namespaceId(), kv.apiToken(), client));
		args.addAll(List.of(how));
		String classPath = System.getProperty("java.class.path");
		if (client.equals(OURS)) {
			classPath = Stream.of(classPath.split(File.pathSeparator))
				.filter((entry) -> !entry.contains("httpclient5"))
				.collect(Collectors.joining(File.pathSeparator));
		}
		try (ChildJvm jvm = new ChildJvm(classPath, List.of("-Xmx512m"), TransportCpu.class,
				args.toArray(String[]::new))) {
			return jvm.values();
		}
	}

	private static String both(Map<String, Double> cpu, String operation) {
		return Section.rounded(cpu.getOrDefault(operation + ".serial", Double.NaN)) + " / "
				+ Section.rounded(cpu.getOrDefault(operation + ".parallel", Double.NaN));
	}

}
