package dev.kvsession.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EdgeWorkerTests {

	private static final Path FOLDER = Path.of("..", "edge-worker");

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final EdgeWorkerExtension extension = new EdgeWorkerExtension(FOLDER);

	@Test
	void servesTheApi(EdgeWorker worker) throws Exception {
		assertThat(keys(worker.properties())).contains("\"success\":true");
		assertThat(worker.uri()).hasHost("127.0.0.1");
	}

	@Test
	void takesASecretOfItsOwn() throws Exception {
		String secret = "0123456789abcdef0123456789abcdef";
		try (EdgeWorker own = EdgeWorker.start(FOLDER, Map.of("GATEWAY_SECRET", secret))) {
			assertThat(own.properties()).containsEntry("cloudflare.kv.api-token", secret);
			assertThat(keys(own.properties())).contains("\"success\":true");
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "temporary files have another variable there")
	void leavesNothingBehind(@TempDir Path temporary) {
		EdgeWorker own = EdgeWorker.start(FOLDER, Map.of("TMPDIR", temporary.toString()));
		assertThat(temporary).isNotEmptyDirectory();
		own.close();
		assertThat(temporary).isEmptyDirectory();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its processes cannot be halted")
	void endsWorkerdThoughNodeDoesNotAnswer(@TempDir Path temporary) throws Exception {
		EdgeWorker own = EdgeWorker.start(FOLDER, Map.of("TMPDIR", temporary.toString()));
		ProcessHandle node = own.node();
		List<ProcessHandle> descendants = node.descendants().toList();
		assertThat(descendants).isNotEmpty();
		new ProcessBuilder("kill", "-STOP", Long.toString(node.pid())).inheritIO().start().waitFor();
		own.end(1);
		assertThat(node.onExit()).succeedsWithin(PATIENCE);
		assertThat(descendants).allSatisfy((one) -> assertThat(one.onExit()).succeedsWithin(PATIENCE));
	}

	@Test
	void saysWhyItDoesNotStart() {
		assertThatIllegalStateException().isThrownBy(() -> EdgeWorker.start(FOLDER, Map.of("PORT", "none")))
			.withMessageContaining("did not start");
	}

	@Test
	void saysWhatIsMissing(@TempDir Path empty) {
		assertThat(EdgeWorker.missing(empty)).contains("npm ci");
	}

	private static String keys(Map<String, Object> kv) throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI
				.create("%s/accounts/%s/storage/kv/namespaces/%s/keys".formatted(kv.get("cloudflare.kv.base-url"),
						kv.get("cloudflare.kv.account-id"), kv.get("cloudflare.kv.namespace-id"))))
			.header("Authorization", "Bearer " + kv.get("cloudflare.kv.api-token"))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
