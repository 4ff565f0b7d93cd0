package dev.kvsession.session.vector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of {@code edge-worker/vectors}. Their text is ASCII, so that it survives
 * whatever reads it, half a character included.
 */
final class VectorFiles {

	static final Path JAVA = Path.of(System.getProperty("basedir", ""), "..", "edge-worker", "vectors", "java");

	static final Path TYPESCRIPT = JAVA.resolveSibling("typescript");

	private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.defaultPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
			.withObjectNameValueSpacing(Spacing.AFTER)
			.withObjectEmptySeparator("")
			.withArrayEmptySeparator("")).withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
		.build();

	private VectorFiles() {
	}

	static Map<String, List<Vector>> read(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			Map<String, List<Vector>> vectors = new TreeMap<>();
			files.filter((file) -> file.toString().endsWith(".json"))
				.forEach((file) -> vectors.put(file.getFileName().toString(),
						JSON.readValue(text(file), Content.class).cases()));
			return vectors;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String write(List<Vector> vectors) {
		return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Content(vectors)) + "\n";
	}

	/**
	 * A file's text, as Git on any system has it.
	 */
	static String text(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Content(List<Vector> cases) {
	}

}
