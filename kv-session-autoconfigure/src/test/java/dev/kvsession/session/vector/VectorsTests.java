package dev.kvsession.session.vector;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java understands records, ids and cookies as TypeScript does.
 */
class VectorsTests {

	@TestFactory
	Stream<DynamicNode> readsWhatTypeScriptWrote() {
		return nodes(VectorFiles.TYPESCRIPT, "ids.json", "protected.json", "records.json");
	}

	@TestFactory
	Stream<DynamicNode> readsWhatJavaWrote() {
		return nodes(VectorFiles.JAVA, "forged-ids.json", "handmade.json", "ids.json", "logins.json",
				"protected-ids.json", "records.json", "sealed-records.json");
	}

	private static Stream<DynamicNode> nodes(Path folder, String... names) {
		Map<String, List<Vector>> files = VectorFiles.read(folder);
		assertThat(files).containsOnlyKeys(names);
		return files.entrySet()
			.stream()
			.map((file) -> DynamicContainer.dynamicContainer(file.getKey(),
					file.getValue()
						.stream()
						.map((vector) -> DynamicTest.dynamicTest(vector.name(), () -> check(vector)))));
	}

	private static void check(Vector vector) {
		assertThat(VectorReader.read(vector)).containsExactly(VectorReader.Outcome.of(vector));
	}

}
