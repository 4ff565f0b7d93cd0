package dev.kvsession.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KvEmulatorTests {

	private final AtomicReference<Instant> now = new AtomicReference<>(CoreDriver.START);

	private final KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong(), 0, this.now::get);

	private final HttpClient http = HttpClient.newHttpClient();

	@AfterEach
	void close() {
		this.kv.close();
	}

	@Test
	void carriesValuesBothWays() throws Exception {
		byte[] value = new byte[3 * 1024 * 1024];
		for (int i = 0; i < value.length; i++) {
			value[i] = (byte) (i * 31);
		}
		HttpResponse<byte[]> put = send("PUT", "/values/a%2Fb?expiration_ttl=60", value);
		assertThat(put.statusCode()).isEqualTo(200);
		assertThat(put.headers().firstValue("content-type")).hasValue("application/json");
		HttpResponse<byte[]> get = send("GET", "/values/a%2Fb", new byte[0]);
		assertThat(get.body()).isEqualTo(value);
		assertThat(get.headers().firstValue("expiration")).isPresent();
		assertThat(this.kv.contents().keys("")).containsExactly("a/b");
		this.now.set(this.now.get().plusSeconds(60));
		assertThat(send("GET", "/values/a%2Fb", new byte[0]).statusCode()).isEqualTo(404);
	}

	@Test
	void readsChunkedBodiesAndExpectations() throws Exception {
		HttpRequest request = request("PUT", "/values/k")
			.PUT(BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()))
			.build();
		assertThat(this.http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		HttpRequest chunked = request("PUT", "/values/k").expectContinue(true)
			.PUT(BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(100_000))))
			.build();
		assertThat(this.http.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(this.kv.contents().get("k").text()).isEqualTo("x".repeat(100_000));
	}

	@Test
	void passesThePathOnAsItIsOnTheWire() throws Exception {
		this.kv.contents().store("k", "v", null);
		assertThat(raw("GET", "/values/a/../../keys")).contains("\"name\":\"k\"");
		assertThat(raw("GET", "/values/a|b[c]\"d")).contains("10009");
		assertThat(this.kv.log().calls()).extracting(KvCall::keys).containsExactly(List.of(), List.of("a|b[c]\"d"));
	}

	@Test
	void aResetIsAReset() {
		this.kv.faults().next(1, KvFault.lostAfterWrite());
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> raw("DELETE", "/values/k"))
			.withMessageContaining("reset");
		assertThat(this.kv.log().calls(KvCallKind.DELETE)).extracting(KvCall::delivery)
			.containsExactly(KvDelivery.LOST_AFTER_WRITE);
	}

	@Test
	void aResetBeforeReachesHttpClientsAsAnIoException() throws Exception {
		this.kv.faults().every(KvFault.resetBefore());
		assertThatIOException().isThrownBy(() -> send("PUT", "/values/k", new byte[1]));
		this.kv.faults().clear();
		assertThat(this.kv.contents().get("k")).isNull();
		assertThat(send("PUT", "/values/k", new byte[1]).statusCode()).isEqualTo(200);
	}

	@Test
	void aSlowDripSendsItsHeadersFirst() throws Exception {
		this.kv.contents().store("k", "value", null);
		this.kv.faults().next(1, KvFault.slowDrip(Duration.ofMillis(1)));
		assertThat(send("GET", "/values/k", new byte[0]).body()).isEqualTo("value".getBytes(StandardCharsets.UTF_8));
		this.kv.faults().next(1, KvFault.slowDrip(Duration.ofHours(1)));
		HttpResponse<InputStream> drip = this.http.send(request("GET", "/values/k").build(),
				BodyHandlers.ofInputStream());
		assertThat(drip.statusCode()).isEqualTo(200);
		drip.body().close();
	}

	@Test
	void latencyHoldsUpNobodyElse() throws Exception {
		this.kv.faults().every(KvFault.delayed(Duration.ofHours(1)), (call) -> call.keys().contains("slow"));
		HttpRequest impatient = request("GET", "/values/slow").timeout(Duration.ofMillis(300)).build();
		CompletableFuture<HttpResponse<String>> slow = this.http.sendAsync(impatient, BodyHandlers.ofString());
		while (this.kv.log().count() == 0) {
			Thread.onSpinWait();
		}
		List<Integer> others = new ArrayList<>();
		while (this.kv.log().count() < 20) {
			others.add(send("GET", "/values/other", new byte[0]).statusCode());
		}
		assertThat(others).hasSize(19).containsOnly(404);
		assertThatThrownBy(slow::join).hasCauseInstanceOf(HttpTimeoutException.class);
	}

	@Test
	void tellsNamedClientsApart() throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(this.kv.baseUrl("instance-a") + CoreDriver.namespacePath() + "/values/k"))
			.header("Authorization", "Bearer " + this.kv.apiToken())
			.build();
		assertThat(this.http.send(request, BodyHandlers.ofString()).body()).contains("10009");
		send("GET", "/values/k", new byte[0]);
		assertThat(this.kv.log().calls()).extracting(KvCall::client).containsExactly("instance-a", "");
	}

	@Test
	void outsideTheApiNothingRoutes() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.kv.baseUrl().replace("/client/v4", "/elsewhere")))
			.header("Authorization", "Bearer " + this.kv.apiToken())
			.build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("7003");
	}

	@Test
	void handsOverItsProperties() {
		assertThat(this.kv.propertyPairs()).containsExactly("cloudflare.kv.account-id=" + this.kv.accountId(),
				"cloudflare.kv.api-token=" + this.kv.apiToken(), "cloudflare.kv.base-url=" + this.kv.baseUrl(),
				"cloudflare.kv.namespace-id=" + this.kv.namespaceId());
		assertThat(this.kv.baseUrl()).matches("http://127\\.0\\.0\\.1:\\d+/client/v4");
	}

	@Test
	void reopensTheSamePortAndRefusesOneInUse() throws Exception {
		send("GET", "/values/k", new byte[0]);
		int port = URI.create(this.kv.baseUrl()).getPort();
		assertThatThrownBy(() -> KvEmulator.start(KvEmulatorSettings.strong(), port, InstantSource.system()))
			.hasMessageContaining("Port 0 finds a free one");
		this.kv.close();
		assertThatIOException().isThrownBy(() -> send("GET", "/values/k", new byte[0]));
		try (KvEmulator again = KvEmulator.start(KvEmulatorSettings.strong(), port, InstantSource.system())) {
			assertThat(send("GET", "/values/k", new byte[0]).statusCode()).isEqualTo(404);
			assertThat(again.log().count()).isEqualTo(1);
		}
	}

	private HttpRequest.Builder request(String method, String path) {
		return HttpRequest.newBuilder(URI.create(this.kv.baseUrl() + CoreDriver.namespacePath() + path))
			.header("Authorization", "Bearer " + this.kv.apiToken())
			.timeout(Duration.ofSeconds(20))
			.method(method, BodyPublishers.noBody());
	}

	private HttpResponse<byte[]> send(String method, String path, byte[] body)
			throws IOException, InterruptedException {
		return this.http.send(request(method, path).method(method, BodyPublishers.ofByteArray(body)).build(),
				BodyHandlers.ofByteArray());
	}

	/**
	 * Sends a path that no URI class would let through.
	 */
	private String raw(String method, String path) throws IOException {
		URI base = URI.create(this.kv.baseUrl());
		try (Socket socket = new Socket(base.getHost(), base.getPort())) {
			OutputStream out = socket.getOutputStream();
			String head = method + " " + base.getPath() + CoreDriver.namespacePath() + path
					+ " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + this.kv.apiToken()
					+ "\r\n\r\n";
			out.write(head.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
