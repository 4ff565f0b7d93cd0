package dev.kvsession.benchmarks.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

	private static final List<String> CLIENTS = List.of("ours", "jdk", "simple", "httpcomponents", "jetty", "reactor");

	private static final Duration LATENCY = Duration.ofMillis(25);

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
					+ " a bulk get; one call at a time / eight at a time. \"ours\" is the transport that the starter uses.");
		section.table("request factory", "GET", "PUT", "bulk get");
		Map<String, Double> ours = new TreeMap<>();
		KvEmulatorSettings settings = KvEmulatorSettings.strong().withLatency(KvLatency.between(LATENCY, LATENCY));
		try (KvEmulator kv = KvEmulator.start(settings)) {
			for (String client : CLIENTS) {
				Map<String, Double> cpu = measure(kv, client, mode);
				section.row(client, both(cpu, "get"), both(cpu, "put"), both(cpu, "bulk-get"));
				if (client.equals("ours")) {
					ours.putAll(cpu);
				}
			}
		}
		double worst = Math.max(ours.getOrDefault("get.parallel", 0.0), ours.getOrDefault("put.parallel", 0.0));
		section.check("CPU of a GET or PUT at most 0.3 ms, eight at a time", Section.rounded(worst) + " ms",
				worst <= BOUND);
	}

	private static Map<String, Double> measure(KvEmulator kv, String client, Mode mode) throws Exception {
		try (ChildJvm jvm = new ChildJvm(List.of("-Xmx512m"), TransportCpu.class, kv.baseUrl(), kv.accountId(),
				kv.namespaceId(), kv.apiToken(), client, Integer.toString(mode.of(4000, 800)),
				Integer.toString(mode.of(400, 120)))) {
			return jvm.values();
		}
	}

	private static String both(Map<String, Double> cpu, String operation) {
		return Section.rounded(cpu.getOrDefault(operation + ".serial", Double.NaN)) + " / "
				+ Section.rounded(cpu.getOrDefault(operation + ".parallel", Double.NaN));
	}

}
