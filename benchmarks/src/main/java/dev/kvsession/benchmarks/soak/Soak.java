package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.kvsession.benchmarks.Machine;
import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Section;

/**
 * Lets three instances live through faults, floods and kills, and writes what was lost
 * into {@code docs/reliability.md}.
 */
public final class Soak {

	private static final int DEFAULT_MINUTES = 20;

	private static final Path PAGE = Path.of("docs/reliability.md");

	private static final String BEGIN = "<!-- soak: written by benchmarks/soak -->";

	private static final String END = "<!-- end of soak -->";

	private Soak() {
	}

	/**
	 * Runs the soak.
	 * @param args how many minutes, 20 if nothing is said, and the only leg to run, 1 or
	 * 2
	 * @throws Exception if it cannot be run
	 */
	public static void main(String[] args) throws Exception {
		int minutes = (args.length > 0) ? Integer.parseInt(args[0]) : DEFAULT_MINUTES;
		Path folder = Files.createTempDirectory("soak");
		System.out.println("Logs of the instances: " + folder);
		Section section = new Section();
		section.text("Measured " + Machine.describe(Mode.FULL) + " " + minutes + " minutes.");
		int losses = 0;
		for (int leg = 0; leg < 2; leg++) {
			if (args.length > 1 && !args[1].equals(Integer.toString(leg + 1))) {
				continue;
			}
			try (Leg next = (leg == 0) ? new EmulatedLeg(LegRun.INSTANCES) : new WorkerdLeg(LegRun.INSTANCES, folder)) {
				System.out.printf("%n== %s%n", next.title());
				section.text("### " + next.title());
				LegRun run = new LegRun(next, folder);
				Findings findings = run.run((int) (minutes * 60 * next.share()), section);
				report(findings, section);
				String picture = "images/reliability-" + (leg + 1) + ".svg";
				Files.writeString(PAGE.resolveSibling(picture), run.draw());
				section.text("![Answers to users](" + picture + ")");
				losses += findings.losses();
			}
		}
		System.out.printf("%n== lost: %s%n", (losses > 0) ? losses : "nothing");
		write(section);
		System.exit((losses > 0) ? 1 : 0);
	}

	private static void report(Findings findings, Section section) {
		section.table("in this leg", "");
		for (Findings.Kind kind : Findings.Kind.values()) {
			String words = kind.isLoss() ? "**" + kind.words() + "**" : kind.words();
			section.row(words, findings.of(kind));
		}
	}

	private static void write(Section section) throws IOException {
		String page = Files.readString(PAGE);
		int begin = page.indexOf(BEGIN) + BEGIN.length();
		int end = page.indexOf(END);
		Files.writeString(PAGE, page.substring(0, begin) + "\n\n" + section.markdown() + "\n" + page.substring(end));
	}

}
