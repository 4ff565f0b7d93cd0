package dev.kvsession.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The main sources with the lines that mutants change. The comment with a mark stands
 * alone above its line, where the formatter leaves it. Immutable.
 */
final class MarkedSources {

	private static final Pattern MARK = Pattern.compile("\\s*// mutant: (\\S+)");

	static final MarkedSources MAIN = new MarkedSources(
			Path.of(System.getProperty("basedir", "."), "src", "main", "java"));

	private final Map<String, List<String>> sources = new HashMap<>();

	private final Map<String, Place> marks = new HashMap<>();

	private MarkedSources(Path root) {
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				String path = root.relativize(file).toString();
				find(path.substring(0, path.length() - ".java".length())
					.replace(file.getFileSystem().getSeparator(), "."), Files.readAllLines(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the names of all marks.
	 * @return the names
	 */
	List<String> marks() {
		return this.marks.keySet().stream().sorted().toList();
	}

	/**
	 * Applies a mutant.
	 * @param mutant the mutant
	 * @return the changed sources by class name
	 */
	Map<String, String> changed(Mutant mutant) {
		Map<String, List<String>> changed = new HashMap<>();
		for (Mutant.Change change : mutant.changes()) {
			Place place = this.marks.get(change.mark());
			if (place == null) {
				throw new AssertionError("No line is marked '" + change.mark() + "'");
			}
			changed.computeIfAbsent(place.type(), (type) -> new ArrayList<>(this.sources.get(type)))
				.set(place.line(), change.rewrite().apply(this.sources.get(place.type()).get(place.line())));
		}
		Map<String, String> texts = new HashMap<>();
		changed.forEach((type, lines) -> texts.put(type, String.join("\n", lines)));
		return texts;
	}

	private void find(String type, List<String> lines) {
		for (int i = 0; i < lines.size(); i++) {
			Matcher mark = MARK.matcher(lines.get(i));
			if (mark.matches()) {
				this.sources.put(type, lines);
				if (this.marks.put(mark.group(1), new Place(type, i + 1)) != null) {
					throw new AssertionError("Two lines are marked '" + mark.group(1) + "'");
				}
			}
		}
	}

	private record Place(String type, int line) {
	}

}
