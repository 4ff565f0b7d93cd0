package dev.kvsession.session.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files that Java writes for TypeScript are what the library writes now.
 * {@code -Dvectors.write=true} writes them.
 */
class VectorsOfJavaTests {

	private static final String COMMAND = "./mvnw -q -pl kv-session-autoconfigure -am test"
			+ " -Dtest=VectorsOfJavaTests -Dsurefire.failIfNoSpecifiedTests=false -Dvectors.write=true";

	@Test
	void ids() throws IOException {
		check("ids.json", VectorIds.generated());
	}

	@Test
	void forgedIds() throws IOException {
		check("forged-ids.json", Stream.concat(VectorIds.altered(), VectorIds.forged()));
	}

	@Test
	void logins() throws IOException {
		check("logins.json", VectorLogins.all());
	}

	@Test
	void records() throws IOException {
		check("records.json", VectorRecords.all());
	}

	@Test
	void protectedIds() throws IOException {
		check("protected-ids.json", VectorProtectedIds.all());
	}

	@Test
	void sealedRecords() throws IOException {
		check("sealed-records.json", VectorSealedRecords.all("sealed-records.json"));
	}

	private static void check(String name, Stream<Vector> vectors) throws IOException {
		Path file = VectorFiles.JAVA.resolve(name);
		String text = VectorFiles.write(vectors.toList());
		if (Boolean.getBoolean("vectors.write")) {
			Files.writeString(file, text);
		}
		assertThat(VectorFiles.text(file).equals(text))
			.as("edge-worker/vectors/java/" + name
					+ " is not what the library writes now. Readers in other languages may"
					+ " depend on it. If the change is meant, write the file with\n  " + COMMAND
					+ "\nlook at what Git says has changed, and run the tests of edge-worker.")
			.isTrue();
	}

}
