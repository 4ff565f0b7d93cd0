package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Listings.
 */
final class ListCases {

	private static final List<String> WRONG = List.of("limit=9", "limit=0", "limit=-10", "limit=1001", "limit=x",
			"limit=", "limit", "limit=1e2", "limit=10.0", "limit=%2B10", "limit=+10", "limit=99999999999",
			"limit=0000000010", "limit=%D9%A1%D9%A0", "limit=9&limit=10", "cursor=%25", "cursor=9.x");

	private static final List<String> RIGHT = List.of("", "?", "?limit=10", "?limit=1000", "?limit=010",
			"?limit=10&limit=9", "?cursor=", "?prefix=", "?prefix=s%3A", "?prefix=s:", "?prefix=S:", "?prefix=t+u",
			"?prefix=t%20u", "?prefix=t%2Bu", "?prefix=%C3%A9", "?prefix=%C3", "?prefix=%25", "?prefix=100%",
			"?prefix=s:&prefix=t", "?other=%FF", "?prefix=a%00", "?prefix=" + "p".repeat(512));

	private ListCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String query : WRONG) {
			cases.add(WireCase.of("list: refused " + query, Send.get("/keys?" + query).is("400/10012")));
		}
		for (String query : RIGHT) {
			cases.add(
					WireCase.of(
							"list: " + query, Send
								.put("/bulk",
										pairs("s:a b", "s:b", "t u", "t+u", "é", "\uFF21", "\uD83D\uDE00", "100%",
												"%2e"))
								.is("200"),
							Send.get("/keys" + query).isTheSame()));
		}
		cases.add(WireCase.of("list: a prefix longer than any key",
				Send.get("/keys?prefix=" + "p".repeat(513)).is("414/10012")));
		for (int count : new int[] { 0, 10, 11, 20, 25 }) {
			String[] names = IntStream.range(0, count).mapToObj((i) -> "k" + (100 + i)).toArray(String[]::new);
			cases.add(WireCase.of("list: pages of " + count, Send.put("/bulk", pairs(names)).is("200"),
					Send.get("/keys?limit=10").is("200"), Send.get("/keys?limit=10&cursor={cursor}").is("200"),
					Send.get("/keys?limit=10&cursor={cursor}").is("200")));
		}
		cases.add(WireCase.of("list: a page after a delete",
				Send.put("/bulk", pairs(IntStream.range(10, 35).mapToObj((i) -> "k" + i).toArray(String[]::new)))
					.is("200"),
				Send.get("/keys?limit=10&prefix=k").is("200"),
				Send.get("/keys?limit=15&prefix=k&cursor={cursor}").is("200")));
		cases.add(WireCase.of(
				"list: metadata and lifetime", Send
					.put("/bulk",
							"[{\"key\":\"a\",\"value\":\"1\",\"expiration\":2000000000,\"metadata\":{\"m\":[\"é\"]}},"
									+ "{\"key\":\"b\",\"value\":\"1\",\"metadata\":false},"
									+ "{\"key\":\"c\",\"value\":\"1\",\"metadata\":null,\"expiration_ttl\":60}]")
					.is("200"),
				Send.get("/keys")
					.is("200",
							"{\"success\":true,\"errors\":[],\"messages\":[],\"result\":["
									+ "{\"name\":\"a\",\"expiration\":2000000000,\"metadata\":{\"m\":[\"é\"]}},"
									+ "{\"name\":\"b\",\"metadata\":false},{\"name\":\"c\",\"expiration\":\"...\"}],"
									+ "\"result_info\":{\"count\":3,\"cursor\":\"\"}}")));
		return cases;
	}

	private static String pairs(String... names) {
		return List.of(names)
			.stream()
			.map((name) -> "{\"key\":\"" + name + "\",\"value\":\"v\"}")
			.collect(Collectors.joining(",", "[", "]"));
	}

}
