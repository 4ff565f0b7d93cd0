package dev.kvsession.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * Calls the core in virtual time.
 */
final class CoreDriver {

	static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

	private static final String NAMESPACE = "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/"
			+ KvEmulatorCore.NAMESPACE_ID;

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	final KvEmulatorCore core;

	private final String client;

	private Instant now;

	private Map<String, String> headers = Map.of("Authorization", "Bearer " + KvEmulatorCore.API_TOKEN);

	CoreDriver(KvEmulatorSettings settings) {
		this(new KvEmulatorCore(settings), "");
	}

	CoreDriver(KvEmulatorCore core, String client) {
		this.core = core;
		this.client = client;
		this.now = START;
	}

	Instant now() {
		return this.now;
	}

	CoreDriver advance(Duration duration) {
		this.now = this.now.plus(duration);
		return this;
	}

	CoreDriver headers(Map<String, String> headers) {
		this.headers = headers;
		return this;
	}

	KvEmulatorResponse call(String method, String target, String body) {
		return call(method, target, body.getBytes(StandardCharsets.UTF_8), Map.of());
	}

	KvEmulatorResponse call(String method, String target, byte[] body, Map<String, String> more) {
		Map<String, String> all = new HashMap<>(this.headers);
		all.putAll(more);
		return this.core.handle(new KvEmulatorRequest(this.client, method, target, all, body), this.now);
	}

	/**
	 * Calls below the namespace's path.
	 */
	KvEmulatorResponse kv(String method, String path, String body) {
		return call(method, NAMESPACE + path, body);
	}

	KvEmulatorResponse get(String key) {
		return kv("GET", "/values/" + key, "");
	}

	KvEmulatorResponse put(String key, String value) {
		return kv("PUT", "/values/" + key, value);
	}

	KvEmulatorResponse putFor(String key, String value, long ttl) {
		return kv("PUT", "/values/" + key + "?expiration_ttl=" + ttl, value);
	}

	KvEmulatorResponse delete(String key) {
		return kv("DELETE", "/values/" + key, "");
	}

	/**
	 * Reads a value, {@code -} if it is absent.
	 */
	String read(String key) {
		KvEmulatorResponse response = get(key);
		return (response.status() == 404) ? "-" : text(response);
	}

	KvContents contents() {
		return this.core.contents(() -> this.now);
	}

	static String namespacePath() {
		return NAMESPACE;
	}

	static String text(KvEmulatorResponse response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	static JsonNode json(KvEmulatorResponse response) {
		return MAPPER.readTree(response.body());
	}

	/**
	 * Describes an error as {@code status/code}.
	 */
	static String error(KvEmulatorResponse response) {
		return response.status() + "/" + json(response).at("/errors/0/code").asString();
	}

}
