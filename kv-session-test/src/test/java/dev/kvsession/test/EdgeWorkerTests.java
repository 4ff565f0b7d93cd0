package dev.kvsession.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EdgeWorkerTests {

	private static final Path FOLDER = Path.of("..", "edge-worker");

	@RegisterExtension
	static final EdgeWorkerExtension extension = new EdgeWorkerExtension(FOLDER);

	@Test
	void servesTheApi(EdgeWorker worker) throws Exception {
		Map<String, Object> kv = worker.properties();
		HttpRequest request = HttpRequest
			.newBuilder(URI
				.create("%s/accounts/%s/storage/kv/namespaces/%s/keys".formatted(kv.get("cloudflare.kv.base-url"),
						kv.get("cloudflare.kv.account-id"), kv.get("cloudflare.kv.namespace-id"))))
			.header("Authorization", "Bearer " + kv.get("cloudflare.kv.api-token"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
			.contains("\"success\":true");
		assertThat(worker.uri()).hasHost("127.0.0.1");
	}

	@Test
	void takesASecretOfItsOwn() {
		String secret = "0123456789abcdef0123456789abcdef";
		try (EdgeWorker own = EdgeWorker.start(FOLDER, Map.of("GATEWAY_SECRET", secret))) {
			assertThat(own.properties()).containsEntry("cloudflare.kv.api-token", secret);
		}
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

}
