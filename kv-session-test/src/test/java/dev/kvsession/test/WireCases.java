package dev.kvsession.test;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests that are refused, or nearly so.
 */
final class WireCases {

	private static final String KEY = "/values/wire";

	private static final String MULTIPART = "multipart/form-data; boundary=x";

	private WireCases() {
	}

	static Stream<WireCase> keys() {
		return Stream.of(WireCase.of("404/10009", "an absent key", "GET", "/values/wire-absent"),
				WireCase.of("404/10009", "metadata of an absent key", "GET", "/metadata/wire-absent"),
				WireCase.of("200", "deleting an absent key", "DELETE", "/values/wire-absent"),
				WireCase.of("404/7003", "no key", "PUT", "/values/", "v"),
				WireCase.of("200", "a key of 512 bytes", "PUT", "/values/" + "k".repeat(512), "v"),
				WireCase.of("414/10012", "a key of 513 bytes", "PUT", "/values/" + "k".repeat(513), "v"),
				WireCase.of("414/10012", "a key of 257 characters", "PUT", "/values/" + "%C3%A9".repeat(257), "v"),
				WireCase.of("200", "an encoded slash", "PUT", "/values/a%2Fb", "v"),
				WireCase.of("404/7003", "a slash", "PUT", "/values/a/b", "v"),
				WireCase.of("404/7003", "a key that leaves the collection", "PUT", "/values/../keys", "v"),
				WireCase.of("404/7003", "a key that leaves the namespace", "GET", "/values/../../x"),
				WireCase.of("400/10012", "a key that is not UTF-8", "GET", "/values/%FF"),
				WireCase.of("404/7003", "another method", "POST", KEY, "v"),
				WireCase.of("404/7003", "PATCH", "PATCH", KEY, "v"),
				WireCase.of("404/7003", "another method of a collection", "DELETE", "/keys"),
				WireCase.of("404", "HEAD", "HEAD", KEY));
	}

	static Stream<WireCase> lifetimes() {
		return Stream.of(ttl("200", "60"), ttl("200", "2147483647"), ttl("400/10034", "0"), ttl("400/10034", "59"),
				ttl("400/10034", "2147483648"), ttl("400/10034", "-1"), ttl("400/10034", "x"), ttl("400/10034", ""),
				ttl("400/10034", "60.5"), ttl("400/10034", "99999999999999999999"),
				WireCase.of("400/10034", "an end that is past", "PUT", KEY + "?expiration=1", "v"),
				WireCase.of("400/10034", "an end that is no number", "PUT", KEY + "?expiration=x", "v"),
				bulkTtl("200", "60"), bulkTtl("200", "\"60\""), bulkTtl("400/10034", "59"), bulkTtl("400/10034", "0"),
				bulkTtl("200", "null"), bulkTtl("400/10034", "2147483648"));
	}

	static Stream<WireCase> values() {
		return Stream.of(WireCase.of("200", "an empty value", "PUT", KEY),
				WireCase.of("200", "25 MiB", "PUT", KEY, "x".repeat(25 * 1024 * 1024)),
				WireCase.of("413/10012", "more than 25 MiB", "PUT", KEY, "x".repeat(25 * 1024 * 1024 + 1)),
				WireCase.of("400/10012", "multipart without boundary", "PUT", KEY, "v").as("multipart/form-data"),
				WireCase.of("400/10012", "multipart without value", "PUT", KEY, part("metadata", "{}")).as(MULTIPART),
				WireCase.of("400/10012", "metadata that is no JSON", "PUT", KEY, part("value", "v", "metadata", "{"))
					.as(MULTIPART),
				WireCase
					.of("413/10012", "metadata of 1025 bytes", "PUT", KEY,
							part("value", "v", "metadata", "\"" + "m".repeat(1023) + "\""))
					.as(MULTIPART),
				WireCase
					.of("200", "metadata of 1024 bytes", "PUT", KEY,
							part("value", "v", "metadata", "\"" + "m".repeat(1022) + "\""))
					.as("Multipart/Form-Data; Boundary=x"));
	}

	static Stream<WireCase> bulk() {
		String many = IntStream.range(0, 10_001).mapToObj((i) -> "\"" + i + "\"").collect(Collectors.joining(","));
		return Stream.of(put("400/10012", "bad JSON", "["), put("400/10012", "no array", "{}"),
				put("400/10012", "a byte order mark", "\uFEFF[]"), put("200", "no pairs", "[]"),
				put("400/10012", "a pair without value", "[{\"key\":\"wire\"}]"),
				put("400/10012", "a value that is no text", "[{\"key\":\"wire\",\"value\":1}]"),
				put("400/10012", "an empty key", "[{\"key\":\"\",\"value\":\"v\"}]"),
				put("400/10012", "the key ..", "[{\"key\":\"..\",\"value\":\"v\"}]"),
				put("414/10012", "a key of 513 bytes", "[{\"key\":\"" + "k".repeat(513) + "\",\"value\":\"v\"}]"),
				put("400/10012", "half of a surrogate pair as key", "[{\"key\":\"\\ud83d\",\"value\":\"v\"}]"),
				put("400/10012", "a value that is no Base64", "[{\"key\":\"wire\",\"value\":\"!\",\"base64\":true}]"),
				delete("400/10012", "10,001 keys", "[" + many + "]"), delete("200", "no keys", "[]"),
				delete("400/10012", "a key that is no text", "[1]"), delete("400/10012", "bad JSON", "[\"a\""),
				get("400/10012", "no keys", "{}"), get("400/10012", "an empty list of keys", "{\"keys\":[]}"),
				get("400/10029", "101 keys", "{\"keys\":[" + "\"wire\",".repeat(100) + "\"wire\"]}"),
				get("400/10012", "an unknown type", "{\"keys\":[\"wire-absent\"],\"type\":\"stream\"}"),
				get("400/10012", "a type that is no text", "{\"keys\":[\"wire-absent\"],\"type\":1}"),
				get("400/10012", "half of a surrogate pair", "{\"keys\":[\"\\ud83d\"]}"),
				WireCase.of("404/7003", "another method", "GET", "/bulk"),
				WireCase.of("404/7003", "the old way to delete", "DELETE", "/bulk", "[\"wire\"]"));
	}

	static Stream<WireCase> lists() {
		return Stream.of("limit=9", "limit=1001", "limit=x", "limit=", "cursor=!")
			.map((query) -> WireCase.of("400/10012", query, "GET", "/keys?" + query));
	}

	/** Whole paths below the API. */
	static Stream<WireCase> routes() {
		String account = "/accounts/" + KvEmulatorCore.ACCOUNT_ID;
		String other = "f".repeat(32);
		return Stream.of(WireCase.of("404/7003", "nowhere", "GET", "/nowhere"),
				WireCase.of("200", "accounts", "GET", "/accounts"),
				WireCase.of("404/7003", "creating an account", "POST", "/accounts", "{}"),
				WireCase.of("200", "the token", "GET", "/user/tokens/verify"),
				WireCase.of("200", "namespaces", "GET", account + "/storage/kv/namespaces"),
				WireCase.of("404/7003", "creating a namespace", "POST", account + "/storage/kv/namespaces", "{}"),
				WireCase.of("200", "a namespace", "GET",
						account + "/storage/kv/namespaces/" + KvEmulatorCore.NAMESPACE_ID),
				WireCase.of("404/10013", "another namespace", "GET",
						account + "/storage/kv/namespaces/" + other + "/keys"),
				WireCase.of("404/7003", "what is no id", "GET", account + "/storage/kv/namespaces/x/keys"),
				WireCase.of("403/10000", "another account", "GET",
						"/accounts/" + other + "/storage/kv/namespaces/" + KvEmulatorCore.NAMESPACE_ID + "/keys"));
	}

	private static WireCase ttl(String expected, String seconds) {
		return WireCase.of(expected, "a lifetime of '" + seconds + "'", "PUT", KEY + "?expiration_ttl=" + seconds, "v");
	}

	private static WireCase bulkTtl(String expected, String seconds) {
		return put(expected, "a lifetime of " + seconds,
				"[{\"key\":\"wire\",\"value\":\"v\",\"expiration_ttl\":" + seconds + "}]");
	}

	private static WireCase put(String expected, String name, String body) {
		return WireCase.of(expected, "bulk put of " + name, "PUT", "/bulk", body).as("application/json");
	}

	private static WireCase delete(String expected, String name, String body) {
		return WireCase.of(expected, "bulk delete of " + name, "POST", "/bulk/delete", body).as("application/json");
	}

	private static WireCase get(String expected, String name, String body) {
		return WireCase.of(expected, "bulk get of " + name, "POST", "/bulk/get", body).as("application/json");
	}

	static String part(String... namesAndContents) {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < namesAndContents.length; i += 2) {
			body.append("--x\r\ncontent-disposition: form-data; name=\"")
				.append(namesAndContents[i])
				.append("\"\r\n\r\n")
				.append(namesAndContents[i + 1])
				.append("\r\n");
		}
		return body.append("--x--\r\n").toString();
	}

}
