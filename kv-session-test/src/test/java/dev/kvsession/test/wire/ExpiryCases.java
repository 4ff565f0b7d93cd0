package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Lifetimes.
 */
final class ExpiryCases {

	private static final List<String> WRONG = List.of("expiration_ttl=59", "expiration_ttl=0", "expiration_ttl=-1",
			"expiration_ttl=x", "expiration_ttl=", "expiration_ttl", "expiration_ttl=1e3", "expiration_ttl=60.5",
			"expiration_ttl=+60", "expiration_ttl=%2060", "expiration_ttl=2147483648", "expiration_ttl=99999999999",
			"expiration_ttl=99999999999999999999", "expiration_ttl=%D9%A6%D9%A0", "expiration_ttl=59&expiration_ttl=60",
			"expiration_ttl=59&expiration=2000000000", "expiration=1", "expiration=NaN", "expiration=",
			"expiration=2147483648", "expiration=4000000000000", "expiration=-2000000000",
			"expiration=99999999999999999999");

	private static final List<String> RIGHT = List.of("expiration_ttl=60", "expiration_ttl=2147483647",
			"expiration_ttl=%2B60", "expiration_ttl=00060", "expiration_ttl=60&expiration_ttl=59",
			"expiration_ttl=60&expiration=2000000000", "expiration_ttl=60&expiration=1", "expiration=2000000000",
			"expiration=2147483647", "other=1", "", "Expiration_ttl=1");

	private ExpiryCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String query : WRONG) {
			cases.add(WireCase.of("a wrong lifetime: " + query, Send.put("/values/k?" + query, "v").is("400/10034"),
					Send.get("/values/k").is("404/10009")));
		}
		for (String query : RIGHT) {
			cases.add(WireCase.of("a lifetime: " + query, Send.put("/values/k?" + query, "v").is("200"),
					Send.get("/values/k").is("200", "v"), Send.get("/keys").is("200")));
		}
		cases.add(WireCase.of("a write without lifetime ends it",
				Send.put("/values/k?expiration_ttl=60", "v").is("200"), Send.put("/values/k", "v").is("200"),
				Send.get("/keys")
					.is("200", "{\"success\":true,\"errors\":[],\"messages\":[],"
							+ "\"result\":[{\"name\":\"k\"}],\"result_info\":{\"count\":1,\"cursor\":\"\"}}")));
		return cases;
	}

}
