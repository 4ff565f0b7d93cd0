package dev.kvsession.test.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;

/**
 * A KV REST API, known by its properties.
 */
final class WireServer {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final int PATIENCE_MS = 10_000;

	private final URI base;

	private final Map<String, String> own = new TreeMap<>();

	WireServer(Map<String, Object> properties) {
		this.base = URI.create(properties.get("cloudflare.kv.base-url").toString());
		this.own.put("account", properties.get("cloudflare.kv.account-id").toString());
		this.own.put("namespace", properties.get("cloudflare.kv.namespace-id").toString());
		this.own.put("token", properties.get("cloudflare.kv.api-token").toString());
		this.own.put("base", this.base.getPath());
		this.own.put("ns",
				"/accounts/" + this.own.get("account") + "/storage/kv/namespaces/" + this.own.get("namespace"));
	}

	/**
	 * Empties the namespace and sends a case's requests.
	 */
	List<Reply> answers(WireCase wire) throws IOException {
		clear();
		List<Reply> replies = new ArrayList<>();
		String cursor = "";
		for (Step step : wire.steps()) {
			Reply reply = send(step.request(), cursor);
			cursor = reply.cursor();
			replies.add(reply);
		}
		return replies;
	}

	private void clear() throws IOException {
		List<String> names = new ArrayList<>();
		MAPPER.readTree(send(Send.get("/keys"), "").body())
			.path("result")
			.values()
			.forEach((key) -> names.add(key.path("name").asString()));
		if (!names.isEmpty()) {
			send(Send.post("/bulk/delete", MAPPER.writeValueAsString(names)), "");
		}
	}

	private Reply send(Send request, String cursor) throws IOException {
		Map<String, String> values = new TreeMap<>(this.own);
		values.put("cursor", cursor);
		try (Socket socket = new Socket(this.base.getHost(), this.base.getPort())) {
			socket.setSoTimeout(PATIENCE_MS);
			write(request, request.head(values), socket);
			return ReplyReader.read(socket.getInputStream());
		}
	}

	private static void write(Send request, byte[] head, Socket socket) {
		try {
			OutputStream out = socket.getOutputStream();
			out.write(head);
			out.write(request.body());
			out.flush();
			// There may be less than was announced; and workerd does not heed
			// 'Connection: close'.
			socket.shutdownOutput();
		}
		catch (IOException ex) {
			// Answered before all was sent; the answer can still be read.
		}
	}

}
