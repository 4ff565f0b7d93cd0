package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Transport in memory that gives prepared answers in their order, and keeps requests.
 */
final class ScriptedTransport implements KvTransport {

	static final String OK = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{}}";

	private final Queue<CompletableFuture<KvResponse>> answers = new ArrayDeque<>();

	private final List<KvRequest> requests = new ArrayList<>();

	ScriptedTransport reply(int status, String body, String... headers) {
		this.answers.add(CompletableFuture.completedFuture(response(status, body, headers)));
		return this;
	}

	ScriptedTransport ok() {
		return reply(200, OK);
	}

	/**
	 * Prepares the answer to a read of one key.
	 * @param value what KV has, as JSON: a text or {@code null}
	 */
	ScriptedTransport found(String key, String value) {
		return reply(200, "{\"success\":true,\"result\":{\"values\":{\"" + key + "\":" + value + "}}}");
	}

	/**
	 * Prepares the answer to a bulk write or delete that succeeds in full.
	 */
	ScriptedTransport done(int keys) {
		return reply(200,
				"{\"success\":true,\"result\":{\"successful_key_count\":" + keys + ",\"unsuccessful_keys\":[]}}");
	}

	ScriptedTransport fail(Throwable failure) {
		this.answers.add(CompletableFuture.failedFuture(failure));
		return this;
	}

	/**
	 * Prepares an answer that the test gives later.
	 */
	CompletableFuture<KvResponse> hold() {
		CompletableFuture<KvResponse> answer = new CompletableFuture<>();
		this.answers.add(answer);
		return answer;
	}

	static KvResponse response(int status, String body, String... headers) {
		Map<String, String> map = new HashMap<>();
		for (int i = 0; i < headers.length; i += 2) {
			map.put(headers[i], headers[i + 1]);
		}
		return new KvResponse(status, map, body.getBytes(StandardCharsets.UTF_8));
	}

	static String error(int code, String message) {
		return "{\"success\":false,\"errors\":[{\"code\":" + code + ",\"message\":\"" + message
				+ "\"}],\"messages\":[],\"result\":null}";
	}

	@Override
	public synchronized CompletionStage<KvResponse> exchange(KvRequest request) {
		this.requests.add(request);
		CompletableFuture<KvResponse> answer = this.answers.poll();
		return (answer != null) ? answer : CompletableFuture.failedFuture(new AssertionError("No answer left"));
	}

	List<KvRequest> requests() {
		return this.requests;
	}

	/**
	 * Shows a request as method, path below the namespace, and body.
	 */
	String request(int index) {
		KvRequest request = this.requests.get(index);
		String path = request.path().replace(TestConnections.NAMESPACE_PATH, "");
		String body = (request.body() != null) ? " " + new String(request.body(), StandardCharsets.UTF_8) : "";
		return request.method() + " " + path + body;
	}

}
