package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Deletes of many keys.
 */
final class BulkDeleteCases {

	private static final List<String> MALFORMED = List.of("", "{", "{}", "null", "\"good\"", "[\"good\",1]",
			"[\"good\",null]", "[\"good\",{}]", "[\"good\",\"\"]", "[\"good\",\"..\"]", "[\"good\",\"\\ud800\"]",
			"\uFEFF[\"good\"]", "[\"good\"", "[\"good\"] []");

	private BulkDeleteCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String body : MALFORMED) {
			cases.add(refused(body, body, "400/10012"));
		}
		cases.add(refused("a long key", "[\"good\",\"" + "k".repeat(513) + "\"]", "414/10012"));
		cases.add(refused("10,001 keys", keys(10_001), "400/10012"));
		cases.add(WireCase.of("bulk delete: nothing", Send.post("/bulk/delete", "[]").isTheSame()));
		cases.add(WireCase.of("bulk delete: present, absent and named twice", Send.put("/values/good", "v").is("200"),
				Send.post("/bulk/delete", "[\"good\",\"absent\",\"good\"]").isTheSame(),
				Send.get("/values/good").is("404/10009")));
		return cases;
	}

	private static WireCase refused(String name, String body, String code) {
		return WireCase.of("bulk delete: refused " + name, Send.put("/values/good", "v").is("200"),
				Send.post("/bulk/delete", body).is(code), Send.get("/values/good").is("200", "v"));
	}

	private static String keys(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "\"k" + i + "\"").collect(Collectors.joining(",", "[", "]"));
	}

}
