package dev.kvsession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the latest result of each part, and puts them together.
 */
final class Report {

	private static final Map<String, String> TITLES = titles();

	private final Path results;

	private final Path docs;

	private final List<String> checks = new ArrayList<>();

	Report(Path project) {
		this.results = project.resolve("benchmarks/target/results");
		this.docs = project.resolve("docs");
	}

	private static Map<String, String> titles() {
		Map<String, String> titles = new LinkedHashMap<>();
		titles.put("load", "End to end");
		titles.put("cycle", "One request cycle");
		titles.put("calls", "Calls to KV and what they cost");
		titles.put("people", "People who use an application");
		titles.put("index", "What the index costs");
		titles.put("storm", "A storm of logins");
		titles.put("transport", "CPU of a call");
		titles.put("memory", "Memory");
		titles.put("startup", "Start-up");
		titles.put("protection", "What signed ids and encryption cost");
		titles.put("crash", "What a crash loses");
		return titles;
	}

	void add(String part, Section section) throws IOException {
		Files.createDirectories(this.results);
		String plot = "";
		if (!section.bars().isEmpty()) {
			Path images = Files.createDirectories(this.docs.resolve("images"));
			String file = "performance-" + part + ".svg";
			Files.writeString(images.resolve(file), BarChart.draw(section.plot(), section.bars()));
			plot = "\n![" + section.plot() + "](images/" + file + ")\n";
		}
		Files.writeString(this.results.resolve(part + ".md"), section.markdown() + plot);
		this.checks.addAll(section.checks());
	}

	/**
	 * Writes the page from the latest result of each part.
	 * @param parts the parts in order
	 * @throws IOException if it cannot be written
	 */
	void write(List<String> parts) throws IOException {
		StringBuilder page = new StringBuilder(
				"""
						# Performance

						Written by `benchmarks/run`; do not edit. Peers are measured in the same run. `benchmarks/README.md` says
						how each part measures and how to repeat it.
						""");
		for (String part : parts) {
			Path result = this.results.resolve(part + ".md");
			if (Files.exists(result)) {
				page.append("\n## ").append(TITLES.getOrDefault(part, part)).append("\n\n");
				page.append(Files.readString(result));
			}
		}
		Files.writeString(this.docs.resolve("performance.md"), page);
	}

	void print() {
		System.out.println("\n| promise | measured | |");
		this.checks.forEach(System.out::println);
	}

}
