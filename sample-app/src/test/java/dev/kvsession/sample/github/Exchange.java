package dev.kvsession.sample.github;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request to the stand-in, and the answers it gives.
 */
public final class Exchange {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpExchange http;

	public Exchange(HttpExchange http) {
		this.http = http;
	}

	public boolean isPost() {
		return "POST".equals(this.http.getRequestMethod());
	}

	public String path() {
		return this.http.getRequestURI().getPath();
	}

	String header(String name) {
		String value = this.http.getRequestHeaders().getFirst(name);
		return (value != null) ? value : "";
	}

	Map<String, String> query() {
		return parse(this.http.getRequestURI().getRawQuery());
	}

	public Map<String, String> form() throws IOException {
		return parse(new String(this.http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
	}

	void json(int status, Object body) throws IOException {
		send(status, "application/json; charset=utf-8", JSON.writeValueAsString(body));
	}

	public void html(int status, String body) throws IOException {
		send(status, "text/html; charset=utf-8", body);
	}

	public void css(String body) throws IOException {
		send(200, "text/css; charset=utf-8", body);
	}

	public void svg(String body) throws IOException {
		send(200, "image/svg+xml", body);
	}

	public void redirect(String location) throws IOException {
		this.http.getResponseHeaders().set("Location", location);
		this.http.sendResponseHeaders(302, -1);
	}

	private void send(int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		this.http.getResponseHeaders().set("Content-Type", type);
		this.http.sendResponseHeaders(status, bytes.length);
		this.http.getResponseBody().write(bytes);
	}

	private static Map<String, String> parse(String encoded) {
		Map<String, String> parameters = new HashMap<>();
		if (encoded == null || encoded.isEmpty()) {
			return parameters;
		}
		for (String pair : encoded.split("&")) {
			String[] parts = pair.split("=", 2);
			parameters.put(decode(parts[0]), (parts.length == 2) ? decode(parts[1]) : "");
		}
		return parameters;
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}
