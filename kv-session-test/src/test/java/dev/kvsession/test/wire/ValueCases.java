package dev.kvsession.test.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Calls that name one key.
 */
final class ValueCases {

	private static final int MAX_VALUE_BYTES = 25 * 1024 * 1024;

	private ValueCases() {
	}

	static List<WireCase> all() {
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		return List.of(
				WireCase.of("a value comes back", Send.put("/values/k", "v").is("200", "{}"),
						Send.get("/values/k").is("200", "v")),
				WireCase.of("a value comes back byte for byte", Send.put("/values/k", "").with(bytes).is("200", "{}"),
						Send.get("/values/k").is("200", new String(bytes, StandardCharsets.ISO_8859_1))),
				WireCase.of("a value may be empty", Send.put("/values/k", "").is("200", "{}"),
						Send.get("/values/k").is("200", "")),
				WireCase.of("a value is replaced", Send.put("/values/k", "v").is("200"),
						Send.put("/values/k", "w").is("200"), Send.get("/values/k").is("200", "w")),
				WireCase.of("no value is 10009", Send.get("/values/k").is("404/10009"),
						Send.get("/metadata/k").is("404/10009")),
				WireCase.of("a value is gone once deleted", Send.put("/values/k", "v").is("200"),
						Send.delete("/values/k").is("200", "{}"), Send.get("/values/k").is("404/10009"),
						Send.get("/metadata/k").is("404/10009"), Send.delete("/values/k").is("200", "{}")),
				WireCase.of("a value without metadata", Send.put("/values/k", "v").is("200"),
						Send.get("/metadata/k").is("200", "null")),
				WireCase.of("a value of 25 MiB", Send.put("/values/k", "").with(new byte[MAX_VALUE_BYTES]).is("200"),
						Send.get("/values/k").is("200")),
				WireCase.of("a value over 25 MiB",
						Send.put("/values/k", "").with(new byte[MAX_VALUE_BYTES + 1]).is("413/10012"),
						Send.get("/values/k").is("404/10009")),
				WireCase.of("the content type does not matter",
						Send.put("/values/k", "a=b")
							.header("Content-Type: application/x-www-form-urlencoded")
							.is("200"),
						Send.get("/values/k").is("200", "a=b")),
				WireCase.of("a body that nobody asked for", Send.put("/values/k", "v").is("200"),
						Send.api("GET", "{ns}/values/k").with(bytes).is("200", "v"),
						Send.api("DELETE", "{ns}/values/k").with(bytes).is("200", "{}")));
	}

}
