package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads of many values.
 */
final class BulkGetCases {

	private static final List<String> REFUSED = List.of("", "[]", "{}", "null", "{\"keys\":[]}", "{\"keys\":\"a\"}",
			"{\"keys\":null}", "{\"keys\":{\"a\":1}}", "{\"keys\":[1]}", "{\"keys\":[null]}", "{\"keys\":[\"\"]}",
			"{\"keys\":[\"..\"]}", "{\"keys\":[\"\\ud800\"]}", "{\"keys\":[\"absent\"],\"type\":\"x\"}",
			"{\"keys\":[\"absent\"],\"type\":\"TEXT\"}", "{\"keys\":[\"absent\"],\"type\":\"\"}",
			"{\"keys\":[\"absent\"],\"type\":1}", "{\"keys\":[\"absent\"],\"type\":[]}", "{\"keys\":[\"a\"]",
			"\uFEFF{\"keys\":[\"a\"]}", "{\"keys\":[\"a\"]}{}");

	private static final List<String> TAKEN = List.of("", ",\"type\":\"text\"", ",\"type\":null", ",\"type\":\"json\"",
			",\"withMetadata\":true", ",\"withMetadata\":false", ",\"withMetadata\":null", ",\"withMetadata\":\"true\"",
			",\"withMetadata\":1", ",\"withMetadata\":true,\"type\":\"json\"", ",\"other\":1");

	private static final List<byte[]> VALUES = List.of(bytes(0xff, 0xfe), bytes(0xed, 0xa0, 0x80),
			bytes(0xef, 0xbb, 0xbf, 'a'), bytes('a', 0xef, 0xbb, 0xbf), bytes(0xf0, 0x9f, 0x98), bytes(0xc0, 0x80, 'a'),
			bytes(0xf0, 0x9f, 0x98, 0x80), bytes(0, 1, '\n', '"', '\\', 0x7f), bytes(0xe2, 0x82, 'a', 0xe2),
			bytes(0xf4, 0x90, 0x80, 0x80), bytes(0xc3, 0xa9, 0xc3));

	private static final List<String> JSON = List.of("1", "{\"a\":[true,null]}", " \"x\" ", "null", " ", "{", "x",
			"1 2", "\uFEFF1", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "NaN", "[1,]", "'a'");

	private BulkGetCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String body : REFUSED) {
			cases.add(WireCase.of("bulk read: refused " + body, Send.post("/bulk/get", body).is("400/10012")));
		}
		for (String more : TAKEN) {
			cases.add(WireCase.of(
					"bulk read: taken" + more, Send
						.put("/bulk",
								"[{\"key\":\"a\",\"value\":\"1\",\"metadata\":{\"m\":\"é\"},\"expiration_ttl\":60},"
										+ "{\"key\":\"b\",\"value\":\"2\"}]")
						.is("200"),
					Send.post("/bulk/get", "{\"keys\":[\"a\",\"b\",\"c\",\"a\"]" + more + "}").is("200")));
		}
		for (byte[] value : VALUES) {
			cases.add(WireCase.of("bulk read: value " + cases.size(), Send.put("/values/k", "").with(value).is("200"),
					Send.post("/bulk/get", "{\"keys\":[\"k\"]}").is("200"),
					Send.post("/bulk/get", "{\"keys\":[\"k\"],\"withMetadata\":true}").is("200")));
		}
		for (String value : JSON) {
			cases.add(WireCase.of("bulk read: json " + value, Send.put("/values/k", value).is("200"),
					Send.post("/bulk/get", "{\"keys\":[\"k\"],\"type\":\"json\"}").isTheSame(),
					Send.post("/bulk/get", "{\"keys\":[\"k\"],\"type\":\"json\",\"withMetadata\":true}").isTheSame()));
		}
		// With metadata, the runtime's local KV takes an empty value for none.
		cases.add(WireCase.of("bulk read: an empty value", Send.put("/values/k", "").is("200"),
				Send.post("/bulk/get", "{\"keys\":[\"k\"]}").is("200", "{\"values\":{\"k\":\"\"}}"),
				Send.post("/bulk/get", "{\"keys\":[\"k\"],\"type\":\"json\"}").is("400/10012")));
		cases.add(WireCase.of("bulk read: more than 25 MiB", large("a"), large("b"),
				Send.post("/bulk/get", "{\"keys\":[\"a\"]}").is("200"),
				Send.post("/bulk/get", "{\"keys\":[\"a\",\"b\"]}").is("413/10012")));
		cases.add(WireCase.of("bulk read: 100 keys, all absent",
				Send.post("/bulk/get", "{\"keys\":" + keys(100) + "}").is("200", absent(100))));
		cases.add(WireCase.of("bulk read: each key that was asked for, once, and no other",
				Send.put("/bulk", "[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"2\"}]").is("200"),
				Send.post("/bulk/get", "{\"keys\":[\"absent\",\"a\",\"__proto__\",\"a\",\"absent\"]}")
					.is("200", "{\"values\":{\"absent\":null,\"a\":\"1\",\"__proto__\":null}}"),
				Send.delete("/values/a").is("200", "{}"),
				Send.post("/bulk/get", "{\"keys\":[\"a\"]}").is("200", "{\"values\":{\"a\":null}}")));
		cases.add(WireCase.of("bulk read: 101 keys",
				Send.post("/bulk/get", "{\"keys\":" + keys(101) + "}").is("400/10029")));
		cases.add(WireCase.of("bulk read: 101 keys and a wrong type",
				Send.post("/bulk/get", "{\"type\":1,\"keys\":" + keys(101) + "}").isTheSame()));
		cases.add(WireCase.of("bulk read: a wrong type and a long key",
				Send.post("/bulk/get", "{\"type\":1,\"keys\":[\"" + "k".repeat(513) + "\"]}").isTheSame()));
		cases.add(WireCase.of("bulk read: a long key",
				Send.post("/bulk/get", "{\"keys\":[\"" + "k".repeat(513) + "\"]}").is("414/10012")));
		cases.add(WireCase.of("bulk read: odd keys", Send.put("/values/a%2Fb%20c", "w").is("200"),
				Send.post("/bulk/get", "{\"keys\":[\"7\",\"a/b c\",\"toString\"]}")
					.is("200", "{\"values\":{\"7\":null,\"a/b c\":\"w\",\"toString\":null}}")));
		return cases;
	}

	private static Step large(String key) {
		return Send.put("/values/" + key, "v".repeat(14 * 1024 * 1024)).is("200");
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	private static String absent(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> "\"k" + i + "\":null")
			.collect(Collectors.joining(",", "{\"values\":{", "}}"));
	}

	private static String keys(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "\"k" + i + "\"").collect(Collectors.joining(",", "[", "]"));
	}

}
