package dev.kvsession.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import dev.kvsession.benchmarks.ChildJvm;
import dev.kvsession.test.KvEmulator;

/**
 * The application on one store, in a JVM of its own, with its users logged in.
 */
final class Running implements AutoCloseable {

	private static final int SESSIONS = 200;

	private final List<Load> rounds = new ArrayList<>();

	private final ChildJvm jvm;

	private final int port;

	private final LoadDriver driver;

	Running(String store, KvEmulator kv, List<String> options) throws Exception {
		List<String> args = new ArrayList<>(List.of(store, "--benchmarks.kv=" + kv.baseUrl()));
		if (store.equals("kv-session")) {
			kv.properties().forEach((name, value) -> args.add("--" + name + "=" + value));
		}
		List<String> jvmOptions = new ArrayList<>(options);
		jvmOptions.add("-Xmx1g");
		this.jvm = new ChildJvm(jvmOptions, LoadApp.class, args.toArray(String[]::new));
		this.port = Integer.parseInt(this.jvm.await("port"));
		this.driver = LoadDriver.create(logIn());
	}

	private List<String> logIn() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/logins?count=" + SESSIONS))
			.build();
		HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IOException("Logging in was answered with status " + answer.statusCode());
		}
		return answer.body().lines().toList();
	}

	void warmUp(int seconds) throws IOException {
		this.driver.drive(this.port, seconds);
	}

	void round(int seconds) throws IOException {
		this.rounds.add(this.driver.drive(this.port, seconds));
	}

	Load median() {
		return Load.median(this.rounds);
	}

	@Override
	public void close() throws InterruptedException {
		this.jvm.close();
	}

}
