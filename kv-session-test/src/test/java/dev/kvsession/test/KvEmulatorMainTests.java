package dev.kvsession.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The emulator as a process of its own.
 */
class KvEmulatorMainTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	@Test
	void saysWhatToSetAndKeepsWhatWasStoredWhenItIsStopped() throws Exception {
		String file = "--file=" + this.folder.resolve("kv.json");
		Process first = run("--port=0", file);
		try {
			assertThat(send(request(properties(first), "a%2Fb").PUT(BodyPublishers.ofString("value"))))
				.contains("true");
		}
		finally {
			first.destroy();
			first.waitFor();
		}
		Process second = run("--port=0", file);
		try {
			assertThat(send(request(properties(second), "a%2Fb").GET())).isEqualTo("value");
		}
		finally {
			second.destroyForcibly().waitFor();
		}
	}

	@Test
	void writesTheFileWhileItRuns() throws Exception {
		Path file = this.folder.resolve("kv.json");
		Process process = run("--port=0", "--file=" + file);
		try {
			send(request(properties(process), "k").PUT(BodyPublishers.ofString("value")));
			String written = Stream.generate(() -> read(file))
				.filter((text) -> text.contains("value"))
				.findFirst()
				.orElseThrow();
			assertThat(written).contains("\"k\"");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void refusesWhatItDoesNotKnow() throws Exception {
		for (String option : List.of("--prot=1", "--port=x", "--file=")) {
			Process process = run(option);
			assertThat(process.waitFor()).isEqualTo(2);
			assertThat(new String(process.getErrorStream().readAllBytes())).contains(option, "Usage:");
		}
	}

	@Test
	void aPortInUseIsSaid() throws Exception {
		try (KvEmulator taken = KvEmulator.start()) {
			Process process = run("--port=" + URI.create(taken.baseUrl()).getPort());
			assertThat(process.waitFor()).isEqualTo(2);
			assertThat(new String(process.getErrorStream().readAllBytes())).contains("Is the port in use?");
		}
	}

	private static Process run(String... arguments) throws IOException {
		ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", KvEmulatorMain.class.getName());
		java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		java.command().addAll(List.of(arguments));
		return java.start();
	}

	private static Map<String, String> properties(Process process) throws IOException {
		Map<String, String> properties = new HashMap<>();
		BufferedReader output = process.inputReader();
		for (String line = output.readLine(); line != null && properties.size() < 4; line = output.readLine()) {
			if (line.startsWith("cloudflare.kv.")) {
				properties.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
			}
		}
		return properties;
	}

	private static HttpRequest.Builder request(Map<String, String> properties, String key) {
		return HttpRequest
			.newBuilder(URI.create(properties.get("cloudflare.kv.base-url") + "/accounts/"
					+ properties.get("cloudflare.kv.account-id") + "/storage/kv/namespaces/"
					+ properties.get("cloudflare.kv.namespace-id") + "/values/" + key))
			.header("Authorization", "Bearer " + properties.get("cloudflare.kv.api-token"));
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

	private static String read(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file) : "";
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
