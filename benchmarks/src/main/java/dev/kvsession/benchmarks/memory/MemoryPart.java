package dev.kvsession.benchmarks.memory;

import java.util.List;

import dev.kvsession.benchmarks.ChildJvm;
import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;

/**
 * Heap that the near cache retains, and what a session takes beside the map's.
 */
public final class MemoryPart implements Part {

	private static final int FEW = 5_000;

	private static final int MAX_WEIGHT_MB = 64;

	private static final double BYTES_OF_MB = 1024 * 1024;

	private static final double BOUND = 1.5;

	private static final double MAX_BYTES_OF_SESSION = 8000;

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		section.text("Heap after collecting garbage, GitHub logins of about 35 fields, security context read once.");
		section.table("sessions", "bytes each");
		section.row("map", measure("map", FEW, 0) / FEW);
		double each = measure("kv-session", FEW, 4096) / FEW;
		section.row("kv-session", each);
		section.check("a session takes at most 8 kB",
				Section.rounded(each / 1000) + " kB; 10,000 take " + Section.rounded(each / 100) + " MB",
				each <= MAX_BYTES_OF_SESSION);
		int many = mode.of(1_000_000, 200_000);
		double retained = measure("kv-session", many, MAX_WEIGHT_MB) / BYTES_OF_MB;
		section.check(
				"retained heap at most 1.5 times max-weight (" + MAX_WEIGHT_MB + " MB), " + many + " sessions offered",
				Section.rounded(retained) + " MB, " + Section.rounded(retained / MAX_WEIGHT_MB) + " times",
				retained <= BOUND * MAX_WEIGHT_MB);
	}

	/**
	 * Measures the heap that sessions retain, in a JVM of its own.
	 * @param store {@code map} or {@code kv-session}
	 * @param sessions how many are offered
	 * @param maxWeight the weight that the near cache may have, in MB
	 * @return bytes; not a number if it cannot be measured
	 * @throws Exception if the JVM cannot be started
	 */
	public static double measure(String store, int sessions, int maxWeight) throws Exception {
		System.out.printf("  %s, %d sessions%n", store, sessions);
		try (ChildJvm jvm = new ChildJvm(List.of("-Xmx2g"), HeapOfSessions.class, store, Integer.toString(sessions),
				Integer.toString(maxWeight))) {
			return jvm.values().getOrDefault("bytes", Double.NaN);
		}
	}

}
