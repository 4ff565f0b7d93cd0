package dev.kvsession.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.kvsession.benchmarks.crash.CrashPart;
import dev.kvsession.benchmarks.cycle.CyclePart;
import dev.kvsession.benchmarks.load.LoadPart;
import dev.kvsession.benchmarks.memory.MemoryPart;
import dev.kvsession.benchmarks.protection.ProtectionPart;
import dev.kvsession.benchmarks.startup.StartupPart;
import dev.kvsession.benchmarks.transport.TransportPart;
import dev.kvsession.benchmarks.users.CallsPart;
import dev.kvsession.benchmarks.users.IndexPart;
import dev.kvsession.benchmarks.users.LoginStormPart;
import dev.kvsession.benchmarks.users.PeoplePart;

/**
 * Measures all parts, or those that are named, and writes {@code docs/performance.md}.
 */
public final class Benchmarks {

	private static final List<Part> PARTS = List.of(new LoadPart(), new CyclePart(), new CallsPart(), new PeoplePart(),
			new IndexPart(), new LoginStormPart(), new TransportPart(), new MemoryPart(), new StartupPart(),
			new ProtectionPart(), new CrashPart());

	private Benchmarks() {
	}

	/**
	 * Measures.
	 * @param args {@code --quick}, and names of parts; none means all
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] args) throws Exception {
		List<String> names = new ArrayList<>(List.of(args));
		Mode mode = names.remove("--quick") ? Mode.QUICK : Mode.FULL;
		Report report = new Report(Path.of("."));
		List<String> failed = new ArrayList<>();
		for (Part part : PARTS) {
			if (names.isEmpty() || names.contains(part.name())) {
				System.out.printf("%n== %s%n", part.name());
				long start = System.nanoTime();
				measure(part, mode, report, failed);
				System.out.printf("== %s took %d s%n", part.name(), (System.nanoTime() - start) / 1_000_000_000L);
			}
		}
		report.write(PARTS.stream().map(Part::name).toList());
		report.print();
		System.exit(failed.isEmpty() ? 0 : 1);
	}

	private static void measure(Part part, Mode mode, Report report, List<String> failed) {
		try {
			Section section = new Section();
			section.text("Measured " + Machine.describe(mode));
			part.run(mode, section);
			report.add(part.name(), section);
		}
		catch (Exception ex) {
			ex.printStackTrace();
			failed.add(part.name());
		}
	}

}
