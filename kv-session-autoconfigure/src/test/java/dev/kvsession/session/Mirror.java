package dev.kvsession.session;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.kvsession.test.EdgeWorker;
import dev.kvsession.test.KvDelivery;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.KvEmulatorRequest;
import dev.kvsession.test.KvEmulatorResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second KV that takes all calls of a world as well, and whose answers are those that
 * the world's applications get: the gateway in Cloudflare's own runtime. The emulator
 * beside it keeps the world's log, and must give the same statuses.
 */
final class Mirror {

	private static final String VALUES = "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/"
			+ KvEmulatorCore.NAMESPACE_ID + "/values/";

	/**
	 * The variables that make a Worker take the emulator's calls.
	 */
	static final Map<String, String> VARIABLES = Map.of("ACCOUNT_ID", KvEmulatorCore.ACCOUNT_ID, "NAMESPACE_ID",
			KvEmulatorCore.NAMESPACE_ID, "GATEWAY_SECRET", KvEmulatorCore.API_TOKEN);

	private static final Map<String, String> TOKEN = Map.of("authorization", "Bearer " + KvEmulatorCore.API_TOKEN);

	private final HttpClient http = HttpClient.newHttpClient();

	private final String baseUrl;

	Mirror(EdgeWorker worker) {
		this.baseUrl = worker.properties().get("cloudflare.kv.base-url").toString();
	}

	KvEmulatorResponse answer(KvEmulatorRequest request, KvEmulatorResponse emulated) {
		HttpResponse<byte[]> answer = send(request.method(), request.target(), request.headers(), request.body());
		assertThat(answer.statusCode()).as("status of %s at workerd, as at the emulator", request.method())
			.isEqualTo(emulated.status());
		String type = answer.headers().firstValue("content-type").orElse("");
		return new KvEmulatorResponse(answer.statusCode(), Map.of("content-type", type), answer.body(),
				emulated.latency(), KvDelivery.ANSWERED, Duration.ZERO);
	}

	void store(String key, String value) {
		send("PUT", value(key), TOKEN, value.getBytes(StandardCharsets.UTF_8));
	}

	void remove(String key) {
		send("DELETE", value(key), TOKEN, new byte[0]);
	}

	void assertHolds(String key, String text) {
		HttpResponse<byte[]> answer = send("GET", value(key), TOKEN, new byte[0]);
		String held = (answer.statusCode() != 404) ? new String(answer.body(), StandardCharsets.UTF_8) : null;
		assertThat(held).as("the record at workerd").isEqualTo(text);
	}

	private static String value(String key) {
		return VALUES + URLEncoder.encode(key, StandardCharsets.UTF_8);
	}

	private HttpResponse<byte[]> send(String method, String target, Map<String, String> headers, byte[] body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.baseUrl + target))
			.method(method, (body.length > 0) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
		headers.forEach(request::header);
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
