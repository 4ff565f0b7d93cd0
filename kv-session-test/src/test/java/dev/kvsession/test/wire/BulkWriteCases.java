package dev.kvsession.test.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes of many pairs.
 */
final class BulkWriteCases {

	private static final String GOOD = "{\"key\":\"good\",\"value\":\"v\"}";

	private static final List<String> MALFORMED = List.of("", " ", "{", "{}", "null", "7", "[1]", "[null]", "[[]]",
			"[" + GOOD, "[" + GOOD + ",]", "[" + GOOD + "] x", "[" + GOOD + "][]", "\uFEFF[" + GOOD + "]", "['a']",
			"[" + GOOD + ",{\"key\":\"a\"}]", "[{\"value\":\"a\"}]", "[{\"key\":1,\"value\":\"v\"}]",
			"[{\"key\":null,\"value\":\"v\"}]", "[{\"key\":\"a\",\"value\":1}]", "[{\"key\":\"a\",\"value\":null}]",
			"[{\"key\":\"\",\"value\":\"v\"}]", "[{\"key\":\".\",\"value\":\"v\"}]",
			"[{\"key\":\"..\",\"value\":\"v\"}]", "[{\"key\":\"a\\ud800\",\"value\":\"v\"}]",
			"[{\"key\":\"\\udc00\\ud800\",\"value\":\"v\"}]", "[{\"key\":\"a\",\"value\":\"%\",\"base64\":true}]",
			"[{\"key\":\"a\",\"value\":\"\u0001\"}]", "[{\"key\":\"a\",\"value\":\"\\x\"}]", "// c\n[]", "[NaN]",
			"[01]");

	/**
	 * What follows key and value in a pair that is taken.
	 */
	private static final List<String> TAKEN = List.of("", ",\"base64\":false", ",\"base64\":null",
			",\"base64\":\"true\"", ",\"base64\":1", ",\"base64\":true", ",\"metadata\":null", ",\"metadata\":{}",
			",\"metadata\":{\"a\":[1,null,\"\\u00e9\"]}", ",\"expiration_ttl\":60", ",\"expiration_ttl\":\"60\"",
			",\"expiration_ttl\":60.0", ",\"expiration_ttl\":6e1", ",\"expiration_ttl\":null",
			",\"expiration\":2000000000", ",\"expiration\":2e9", ",\"expiration_ttl\":null,\"expiration\":2000000000",
			",\"expiration_ttl\":2147483647", ",\"other\":1", ",\"value\":\"last\"");

	private static final List<String> WRONG_TTL = List.of("59", "0", "-1", "2147483648", "99999999999", "1e30", "60.5",
			"\"\"", "\"x\"", "\" 60\"", "true", "[]", "[60]", "{}");

	private BulkWriteCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String body : MALFORMED) {
			cases.add(refused("malformed " + body, body, "400/10012"));
		}
		for (String more : TAKEN) {
			cases.add(WireCase.of("bulk write: taken" + more,
					Send.put("/bulk", "[{\"key\":\"k\",\"value\":\"dmFs\"" + more + "}]")
						.is("200", "{\"successful_key_count\":1,\"unsuccessful_keys\":[]}"),
					Send.get("/values/k").is("200"), Send.get("/metadata/k").is("200"), Send.get("/keys").is("200")));
		}
		for (String ttl : WRONG_TTL) {
			String pair = "{\"key\":\"k\",\"value\":\"v\",\"expiration_ttl\":" + ttl + "}";
			cases.add(refused("lifetime " + ttl, "[" + GOOD + "," + pair + "]", "400/10034"));
		}
		cases.add(refused("a long key", "[" + GOOD + "," + pair("k".repeat(513), "v") + "]", "414/10012"));
		cases.add(refused("large metadata",
				"[" + GOOD + ",{\"key\":\"k\",\"value\":\"v\",\"metadata\":\"" + "m".repeat(1023) + "\"}]",
				"413/10012"));
		cases.add(refused("a large value", "[" + GOOD + "," + pair("k", "v".repeat(25 * 1024 * 1024 + 1)) + "]",
				"413/10012"));
		cases.add(refused("10,001 pairs", pairs(10_001), "400/10012"));
		cases.add(WireCase.of("bulk write: 100 pairs", Send.put("/bulk", pairs(100)).is("200"),
				Send.get("/values/k99").is("200", "v"), Send.get("/keys?limit=100").is("200")));
		cases.add(WireCase.of("bulk write: a value of 25 MiB",
				Send.put("/bulk", "[" + pair("k", "v".repeat(25 * 1024 * 1024)) + "]").is("200"),
				Send.get("/values/k").is("200")));
		cases.add(WireCase.of("bulk write: nothing", Send.put("/bulk", "[]").isTheSame()));
		cases.add(WireCase.of("bulk write: the last of two counts",
				Send.put("/bulk", "[" + pair("k", "1") + "," + pair("k", "2") + "]")
					.is("200", "{\"successful_key_count\":1,\"unsuccessful_keys\":[]}"),
				Send.get("/values/k").is("200", "2")));
		cases.add(value("half a surrogate pair", "a\\ud800b\\udc00"));
		cases.add(value("characters", "\\u0000\\u001f\\ud83d\\ude00é\\ufeff\\/"));
		cases.add(value("U+FEFF first", "\\ufeffa"));
		cases.add(value("nothing", ""));
		for (String base64 : List.of("/wA=", "", "AAECAw==", "+/+/")) {
			cases.add(WireCase.of("bulk write: base64 " + base64,
					Send.put("/bulk", "[{\"key\":\"k\",\"value\":\"" + base64 + "\",\"base64\":true}]").is("200"),
					Send.get("/values/k").is("200")));
		}
		cases.add(WireCase.of("bulk write: refused what is not UTF-8",
				Send.put("/bulk", "")
					.with(("[" + pair("k", "\u00e9") + "]").getBytes(StandardCharsets.ISO_8859_1))
					.is("400/10012")));
		cases.add(WireCase.of("bulk write: refused UTF-16",
				Send.put("/bulk", "")
					.with(("[" + pair("k", "v") + "]").getBytes(StandardCharsets.UTF_16LE))
					.is("400/10012")));
		cases.add(WireCase.of("bulk write: odd keys",
				Send.put("/bulk", "[" + pair("__proto__", "1") + "," + pair("a/b c", "2") + "]").is("200"),
				Send.get("/values/__proto__").is("200", "1"), Send.get("/values/a%2Fb%20c").is("200", "2")));
		return cases;
	}

	private static WireCase value(String name, String json) {
		return WireCase.of("bulk write: a value of " + name, Send.put("/bulk", "[" + pair("k", json) + "]").is("200"),
				Send.get("/values/k").is("200"));
	}

	private static WireCase refused(String name, String body, String code) {
		return WireCase.of("bulk write: refused " + name, Send.put("/bulk", body).is(code),
				Send.get("/values/good").is("404/10009"));
	}

	private static String pairs(int count) {
		return IntStream.range(0, count).mapToObj((i) -> pair("k" + i, "v")).collect(Collectors.joining(",", "[", "]"));
	}

	private static String pair(String key, String value) {
		return "{\"key\":\"" + key + "\",\"value\":\"" + value + "\"}";
	}

}
