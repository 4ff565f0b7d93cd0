package dev.kvsession.test;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * KV's REST API on the wire, for whichever server speaks it. Where two servers differ,
 * one of them is wrong.
 */
abstract class WireContract {

	private static final String NAMESPACE = "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/"
			+ KvEmulatorCore.NAMESPACE_ID;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	abstract Map<String, Object> kv();

	@ParameterizedTest
	@MethodSource({ "dev.kvsession.test.WireCases#keys", "dev.kvsession.test.WireCases#lifetimes",
			"dev.kvsession.test.WireCases#values", "dev.kvsession.test.WireCases#bulk",
			"dev.kvsession.test.WireCases#lists" })
	void answersInTheNamespace(WireCase call) {
		assertAnswer(call, NAMESPACE);
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.test.WireCases#routes")
	void routes(WireCase call) {
		assertAnswer(call, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer wrong", "Bearer ", "Basic x" })
	void refusesAnotherToken(String authorization) {
		HttpRequest.Builder request = request("/user/tokens/verify").setHeader("Authorization", authorization);
		assertThat(summary(send(request))).isEqualTo("401/1000");
		request = request(NAMESPACE + "/keys").setHeader("Authorization", authorization);
		assertThat(summary(send(request))).isEqualTo("401/10000");
	}

	@Test
	void carriesBytes() {
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		HttpRequest.Builder request = request(NAMESPACE + "/values/wire-bytes").PUT(BodyPublishers.ofByteArray(bytes));
		assertThat(send(request).statusCode()).isEqualTo(200);
		HttpResponse<byte[]> answer = send(request(NAMESPACE + "/values/wire-bytes"));
		assertThat(answer.body()).isEqualTo(bytes);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
	}

	@Test
	void readsManyInAllForms() {
		long end = Instant.now().getEpochSecond() + 3600;
		assertThat(json("PUT", "/bulk", """
				[{"key":"wire-json","value":"{\\"a\\":1}","metadata":{"m":["é"]},"expiration":%d},
				 {"key":"wire-base64","value":"w6k=","base64":true},
				 {"key":"wire-half","value":"a\\ud83d"},
				 {"key":"wire-twice","value":"1"},{"key":"wire-twice","value":"2"}]""".formatted(end)).path("result"))
			.isEqualTo(Json.parse("{\"successful_key_count\":4,\"unsuccessful_keys\":[]}").orElseThrow());
		assertThat(values("""
				{"keys":["wire-json","wire-base64","wire-half","wire-twice","wire-absent"]}""")).isEqualTo(
				"""
						{"wire-json":"{\\"a\\":1}","wire-base64":"é","wire-half":"a\uFFFD","wire-twice":"2","wire-absent":null}""");
		assertThat(values("{\"keys\":[\"wire-json\"],\"type\":\"json\"}")).isEqualTo("{\"wire-json\":{\"a\":1}}");
		assertThat(values("{\"keys\":[\"wire-twice\",\"wire-absent\"],\"withMetadata\":true}"))
			.isEqualTo("{\"wire-twice\":{\"value\":\"2\",\"metadata\":null},\"wire-absent\":null}");
		assertThat(json("GET", "/metadata/wire-json", "").path("result").toString()).isEqualTo("{\"m\":[\"é\"]}");
		assertThat(json("GET", "/metadata/wire-twice", "").path("result").isNull()).isTrue();
		assertThat(json("GET", "/keys?prefix=wire-json", "").path("result").toString())
			.isEqualTo("[{\"name\":\"wire-json\",\"expiration\":%d,\"metadata\":{\"m\":[\"é\"]}}]".formatted(end));
		assertThat(json("POST", "/bulk/delete", "[\"wire-json\",\"wire-absent\"]").path("result").toString())
			.isEqualTo("{\"successful_key_count\":2,\"unsuccessful_keys\":[]}");
		assertThat(values("{\"keys\":[\"wire-json\"]}")).isEqualTo("{\"wire-json\":null}");
	}

	@Test
	void readsMultipartInAnyCase() {
		HttpRequest.Builder put = request(NAMESPACE + "/values/wire-multipart")
			.setHeader("Content-Type", "Multipart/Form-Data; Boundary=x")
			.PUT(BodyPublishers.ofString(WireCases.part("value", "v", "metadata", "{\"m\":1}")));
		assertThat(send(put).statusCode()).isEqualTo(200);
		assertThat(send(request(NAMESPACE + "/values/wire-multipart")).body()).asString().isEqualTo("v");
		assertThat(json("GET", "/metadata/wire-multipart", "").path("result").toString()).isEqualTo("{\"m\":1}");
	}

	@Test
	void answersHeadWithoutBody() throws IOException {
		URI address = URI.create(kv().get("cloudflare.kv.base-url").toString());
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			String head = "HEAD %s HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer %s\r\nconnection: close\r\n\r\n";
			socket.getOutputStream()
				.write(head.formatted(address.getPath() + NAMESPACE + "/keys", kv().get("cloudflare.kv.api-token"))
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readAllBytes()).asString()
				.startsWith("HTTP/1.1 404")
				.endsWith("\r\n\r\n");
		}
	}

	private void assertAnswer(WireCase call, String base) {
		HttpResponse<byte[]> answer = send(request(base + call.path()).setHeader("Content-Type", call.contentType())
			.method(call.method(), BodyPublishers.ofByteArray(call.body())));
		assertThat(summary(answer)).isEqualTo(call.expected());
		assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("\tat ", ".java:", ".ts:", "wire");
	}

	private String values(String request) {
		return json("POST", "/bulk/get", request).path("result").path("values").toString();
	}

	private JsonNode json(String method, String path, String body) {
		HttpRequest.Builder request = request(NAMESPACE + path).setHeader("Content-Type", "application/json");
		return parsed(send(request.method(method, BodyPublishers.ofString(body))));
	}

	private static String summary(HttpResponse<byte[]> answer) {
		JsonNode code = (answer.body().length > 0 && answer.body().length < 10_000)
				? parsed(answer).path("errors").path(0).path("code") : Json.object().path("none");
		return answer.statusCode() + (code.isMissingNode() ? "" : "/" + code.asString());
	}

	private static JsonNode parsed(HttpResponse<byte[]> answer) {
		return Json.parse(new String(answer.body(), StandardCharsets.UTF_8)).orElseThrow();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(kv().get("cloudflare.kv.base-url") + path))
			.setHeader("Authorization", "Bearer " + kv().get("cloudflare.kv.api-token"));
	}

	private HttpResponse<byte[]> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
