package dev.kvsession.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

import dev.kvsession.client.rest.RestKvClient;

/**
 * Answers that are no success, with what they have to become. All messages quote the key,
 * as KV's may.
 */
final class ErrorTable {

	static final Function<RestKvClient, CompletionStage<?>> GET = (client) -> client.get(TestConnections.KEY);

	static final Function<RestKvClient, CompletionStage<?>> BULK_GET = (client) -> client
		.getAll(List.of(TestConnections.KEY));

	static final Function<RestKvClient, CompletionStage<?>> PUT = (client) -> client.put(pair());

	static final Function<RestKvClient, CompletionStage<?>> BULK_PUT = (client) -> client.putAll(List.of(pair()));

	static final Function<RestKvClient, CompletionStage<?>> DELETE = (client) -> client.delete(TestConnections.KEY);

	static final Function<RestKvClient, CompletionStage<?>> LIST = (client) -> client.list(TestConnections.KEY, null,
			10);

	private static final Function<RestKvClient, CompletionStage<?>> LARGE_PUT = (client) -> client.put(largePair("a"));

	private static final Function<RestKvClient, CompletionStage<?>> LARGE_BULK_PUT = (client) -> client
		.putAll(List.of(largePair("a"), largePair("b")));

	private static final String HTML = "<!DOCTYPE html><html>" + TestConnections.KEY + "</html>";

	private ErrorTable() {
	}

	static Stream<Function<RestKvClient, CompletionStage<?>>> calls() {
		Function<RestKvClient, CompletionStage<?>> bulkDelete = (client) -> client.deleteAll(List.of("a"));
		return Stream.of(GET, BULK_GET, PUT, BULK_PUT, DELETE, bulkDelete, LIST);
	}

	static KvPair pair() {
		return new KvPair(TestConnections.KEY, TestConnections.VALUE, Duration.ofHours(1));
	}

	private static KvPair largePair(String key) {
		return new KvPair(key, "x".repeat(100_000), Duration.ofHours(1));
	}

	static Stream<Arguments> rows() {
		return Stream
			.of(throttling(), unserved(), authorization(), notFound(), refused(), unexpected(), foreign(),
					foreignLimits(), uncounted())
			.flatMap((rows) -> rows);
	}

	private static Stream<Arguments> throttling() {
		return Stream.of(
				row("429 with retry-after", GET, 429, code(10000), KvRateLimitException.class, "retry-after", "9"),
				row("429 with retry-after on a write", PUT, 429, code(10000), KvRateLimitException.class, "retry-after",
						"9"),
				row("429 with unreadable retry-after", PUT, 429, code(10000), KvRateLimitException.class, "retry-after",
						"x"),
				row("429 with 971", PUT, 429, code(971), KvRateLimitException.class),
				row("971 in 200 of an envelope", BULK_GET, 200, code(971), KvRateLimitException.class),
				row("971 in 200 of a value", GET, 200, code(971), KvRateLimitException.class, "content-type",
						"application/json; charset=UTF-8"),
				row("971 in 403", GET, 403, code(971), KvRateLimitException.class),
				row("971 in 503", PUT, 503, code(971), KvRateLimitException.class),
				row("429 with r=0", PUT, 429, code(10000), KvRateLimitException.class, "ratelimit",
						"\"default\";r=0;t=30"),
				row("429 on a read", GET, 429, code(10000), KvRateLimitException.class),
				row("429 on a write with calls left", PUT, 429, code(10000), KvKeyRateLimitException.class, "ratelimit",
						"\"default\";r=1;t=30"),
				row("429 on a write", DELETE, 429, code(10000), KvKeyRateLimitException.class),
				row("429 on a write at the gateway", DELETE, 429, code(429), KvKeyRateLimitException.class),
				row("429 with 10048", PUT, 429, code(10048), KvDailyQuotaException.class),
				row("429 with 10048 and retry-after", GET, 429, code(10048), KvDailyQuotaException.class, "retry-after",
						"9"));
	}

	private static Stream<Arguments> unserved() {
		return Stream.of(row("408 on a write", PUT, 408, "", KvUnavailableException.class),
				row("503 on a write", PUT, 503, HTML, KvUnavailableException.class),
				row("500 on a read", GET, 500, code(10000), KvUnavailableException.class),
				row("504 on a bulk read", BULK_GET, 504, HTML, KvUnavailableException.class),
				row("500 on a write", PUT, 500, code(10000), KvUnknownOutcomeException.class),
				row("502 on a write", BULK_PUT, 502, HTML, KvUnknownOutcomeException.class),
				row("524 on a delete", DELETE, 524, HTML, KvUnknownOutcomeException.class));
	}

	private static Stream<Arguments> authorization() {
		return Stream.of(row("401 with 10000", GET, 401, code(10000), KvAuthorizationException.class),
				row("403 with 10000", PUT, 403, code(10000), KvAuthorizationException.class),
				row("403 with 10001", LIST, 403, code(10001), KvAuthorizationException.class),
				row("400 with 6003", GET, 400, code(6003), KvAuthorizationException.class),
				row("403 with 9103", DELETE, 403, code(9103), KvAuthorizationException.class),
				row("400 with 9106", BULK_GET, 400, code(9106), KvAuthorizationException.class),
				row("403 with 9109", BULK_PUT, 403, code(9109), KvAuthorizationException.class),
				row("403 with the gateway's 90002", GET, 403, code(90002), KvAuthorizationException.class));
	}

	private static Stream<Arguments> notFound() {
		return Stream.of(row("404 with 10013", GET, 404, code(10013), KvConfigurationException.class),
				row("404 with 7003", GET, 404, code(7003), KvConfigurationException.class),
				row("400 with 7003", GET, 400, code(7003), KvConfigurationException.class),
				row("400 with 7003 to a write", PUT, 400, code(7003), KvConfigurationException.class),
				row("400 with 7000", GET, 400, code(7000), KvConfigurationException.class),
				row("400 with 10013", PUT, 400, code(10013), KvConfigurationException.class),
				row("404 with another code", GET, 404, code(1), KvConfigurationException.class),
				row("404 with 10009 and 10013", GET, 404,
						"{\"success\":false,\"errors\":[{\"code\":10009},{\"code\":10013}]}",
						KvConfigurationException.class),
				row("404 with 10013 on delete", DELETE, 404, code(10013), KvConfigurationException.class),
				row("404 with 10009 on put", PUT, 404, code(10009), KvUnexpectedResponseException.class),
				row("404 with 10009 that claims success", DELETE, 404,
						"{\"success\":true,\"errors\":[{\"code\":10009}]}", KvForeignRefusalException.class),
				row("404 with 10009 that claims nothing", DELETE, 404, "{\"errors\":[{\"code\":10009}]}",
						KvForeignRefusalException.class),
				row("404 with a text for a code", DELETE, 404, "{\"success\":false,\"errors\":[{\"code\":\"10009\"}]}",
						KvForeignRefusalException.class),
				row("401 with a text for a code", GET, 401, "{\"success\":false,\"errors\":[{\"code\":\"10000\"}]}",
						KvForeignRefusalException.class),
				row("404 with 10009 as text only", GET, 404, "10009", KvForeignRefusalException.class));
	}

	private static Stream<Arguments> refused() {
		return Stream.of(
				row("403 with the gateway's 90001", BULK_PUT, 403, code(90001), KvRequestRefusedException.class),
				row("400 with 10012", PUT, 400, code(10012), KvRequestRefusedException.class),
				row("400 with 10029", BULK_GET, 400, code(10029), KvRequestRefusedException.class),
				row("400 with 10034", PUT, 400, code(10034), KvRequestRefusedException.class),
				row("400 with 10009", GET, 400, code(10009), KvRequestRefusedException.class),
				row("413 of a large write", LARGE_PUT, 413, code(0), KvRequestRefusedException.class),
				row("413 of a large write as text", LARGE_PUT, 413, "too large", KvRequestRefusedException.class),
				row("413 of a large write as HTML", LARGE_BULK_PUT, 413, HTML, KvRequestRefusedException.class),
				row("413 of a small write", PUT, 413, code(0), KvForeignRefusalException.class),
				row("413 of a delete", DELETE, 413, "", KvForeignRefusalException.class),
				row("414 of a write", PUT, 414, "", KvForeignRefusalException.class),
				row("403 of a large write", LARGE_PUT, 403, "", KvForeignRefusalException.class),
				row("414 of a read as text", GET, 414, "", KvForeignRefusalException.class),
				row("413 of a read as HTML", BULK_GET, 413, HTML, KvForeignRefusalException.class),
				row("414", GET, 414, code(10012), KvRequestRefusedException.class),
				row("405 with a code", PUT, 405, code(10405), KvRequestRefusedException.class),
				row("400 with an error that has a code", PUT, 400,
						"{\"success\":false,\"errors\":[{\"code\":10012},{}]}", KvRequestRefusedException.class));
	}

	private static Stream<Arguments> unexpected() {
		return Stream.of(
				row("HTML in 200 of a value", GET, 200, HTML, KvUnexpectedResponseException.class, "content-type",
						"text/html; charset=utf-8"),
				row("HTML in 200 of a write", PUT, 200, HTML, KvUnexpectedResponseException.class),
				row("no body in 200 of a write", PUT, 200, "", KvUnexpectedResponseException.class),
				row("no body in 204 of a value", GET, 204, "", KvUnexpectedResponseException.class),
				row("success false in 200", DELETE, 200, code(1), KvUnexpectedResponseException.class),
				row("success missing", BULK_PUT, 200, "{\"result\":{}}", KvUnexpectedResponseException.class),
				row("truncated JSON", BULK_GET, 200, "{\"success\":true,\"result\":{\"values\":{\"",
						KvUnexpectedResponseException.class),
				row("values missing", BULK_GET, 200, "{\"success\":true,\"result\":null}",
						KvUnexpectedResponseException.class),
				row("values no text", BULK_GET, 200, "{\"success\":true,\"result\":{\"values\":{\"a\":{}}}}",
						KvUnexpectedResponseException.class),
				row("list no array", LIST, 200, "{\"success\":true,\"result\":{}}",
						KvUnexpectedResponseException.class),
				row("list without names", LIST, 200, "{\"success\":true,\"result\":[1]}",
						KvUnexpectedResponseException.class),
				row("redirect", GET, 302, "", KvUnexpectedResponseException.class, "location", "/elsewhere"),
				row("redirect of a write", PUT, 307, "", KvUnexpectedResponseException.class, "location",
						"/elsewhere"));
	}

	/**
	 * Refusals that are not KV's, for KV's have codes.
	 */
	private static Stream<Arguments> foreign() {
		List<String> bodies = List.of("", "Proxy authentication required", "{\"error\":\"denied\"}",
				"{\"success\":false}", "{\"success\":false,\"errors\":[]}", code(0), HTML, "404 page not found",
				"RBAC: access denied", "{\"errors\":[{\"code\":10000,\"message\":\"not the API's\"}]}", code(401),
				code(403), code(404), "[]", "{}", "null", "\"denied\"",
				"{\"success\":\"false\",\"errors\":[{\"code\":10000}]}",
				"{\"success\":false,\"errors\":[{\"code\":\"AUTH_FAILED\"}]}",
				"{\"success\":false,\"errors\":{\"code\":10000}}");
		return Stream.of(400, 401, 403, 404, 405, 407, 409, 410, 417, 421, 428, 431, 451)
			.flatMap((status) -> bodies.stream()
				.flatMap((body) -> calls().map((call) -> row(status + " with '" + body + "'", call, status, body,
						KvForeignRefusalException.class))));
	}

	/**
	 * Limits that are not KV's own: they pass, and say nothing about the token.
	 */
	private static Stream<Arguments> foreignLimits() {
		return Stream.of("", "Too Many Requests", HTML, "{\"error\":\"slow down\"}", "{\"success\":false}", code(0))
			.flatMap((body) -> calls().flatMap(
					(call) -> Stream.of(row("429 with '" + body + "'", call, 429, body, KvUnavailableException.class),
							row("429 with retry-after and '" + body + "'", call, 429, body,
									KvUnavailableException.class, "retry-after", "86400"),
							row("429 with r=0 and '" + body + "'", call, 429, body, KvUnavailableException.class,
									"ratelimit", "\"default\";r=0;t=3600"))));
	}

	private static Stream<Arguments> uncounted() {
		return Stream
			.of("[]", "{\"unsuccessful_keys\":{}}", "{\"unsuccessful_keys\":\"a\"}", "{\"unsuccessful_keys\":[1]}",
					"{\"unsuccessful_keys\":[\"another\"]}", "{\"successful_key_count\":0}",
					"{\"successful_key_count\":2}", "{\"successful_key_count\":\"1\",\"unsuccessful_keys\":[]}",
					"{\"successful_key_count\":0,\"unsuccessful_keys\":[]}")
			.map((result) -> row("a bulk write answered by " + result, BULK_PUT, 200,
					"{\"success\":true,\"result\":" + result + "}", KvUnknownOutcomeException.class));
	}

	private static String code(int code) {
		return ScriptedTransport.error(code,
				"get: '" + TestConnections.KEY + "' " + TestConnections.KEY + " " + TestConnections.TOKEN);
	}

	private static Arguments row(String name, Function<RestKvClient, CompletionStage<?>> call, int status, String body,
			Class<?> expected, String... headers) {
		return Arguments.of(name, call, status, body, headers, expected);
	}

}
