package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * How requests are put on the wire.
 */
final class FramingCases {

	private static final String CHUNKED = "Transfer-Encoding: chunked";

	private FramingCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		cases.add(WireCase.of("chunks",
				Send.put("/values/k", "4\r\nhalf\r\n3\r\nand\r\n0\r\n\r\n").header(CHUNKED).is("200"),
				Send.get("/values/k").is("200", "halfand")));
		cases.add(WireCase.of("no length and no body",
				Send.api("PUT", "{ns}/values/k").header("Content-Length: 0").is("200"),
				Send.get("/values/k").is("200", "")));
		cases.add(broken("a body cut short", Send.put("/values/k", "half").header("Content-Length: 100")));
		cases.add(broken("chunks cut short", Send.put("/values/k", "4\r\nhalf\r\n8\r\nhal").header(CHUNKED)));
		cases.add(broken("chunks without an end", Send.put("/values/k", "4\r\nhalf\r\n").header(CHUNKED)));
		cases.add(broken("a chunk of no length", Send.put("/values/k", "x\r\nhalf\r\n0\r\n\r\n").header(CHUNKED)));
		cases.add(broken("a bulk write cut short",
				Send.put("/bulk", "[{\"key\":\"k\",\"value\":\"v\"}]").header("Content-Length: 100")));
		cases.add(broken("a length that is none", Send.put("/values/k", "v").header("Content-Length: x")));
		cases.add(broken("a negative length", Send.put("/values/k", "v").header("Content-Length: -1")));
		cases.add(broken("two lengths",
				Send.put("/values/k", "vv").header("Content-Length: 1").header("Content-Length: 2")));
		cases.add(WireCase.of("a length and chunks",
				Send.put("/values/k", "1\r\nv\r\n0\r\n\r\n").header("Content-Length: 3").header(CHUNKED).isTheSame()));
		cases.add(WireCase.of("expect", Send.put("/values/k", "v").header("Expect: 100-continue").is("200"),
				Send.get("/values/k").is("200", "v")));
		cases.add(WireCase.of("two content types",
				Send.put("/values/k", "v")
					.header("Content-Type: text/plain")
					.header("Content-Type: multipart/form-data; boundary=b")
					.isTheSame(),
				Send.put("/values/k", "v")
					.header("Content-Type: multipart/form-data; boundary=b")
					.header("Content-Type: text/plain")
					.isTheSame()));
		for (int kilobytes : new int[] { 30, 100 }) {
			cases.add(WireCase.of("a header of " + kilobytes + " KB",
					Send.get("/values/k").header("X-Large: " + "x".repeat(kilobytes * 1000)).is("404/10009"),
					Send.bare("GET", "{ns}/values/k", "Authorization: Bearer " + "x".repeat(kilobytes * 1000))
						.is("401/10000")));
		}
		cases.add(WireCase.of("a header of 300 KB",
				Send.get("/values/k").header("X-Large: " + "x".repeat(300_000)).isAtLeast("431")));
		cases.add(WireCase.of("a path of 300 KB", Send.get("/values/" + "x".repeat(300_000)).isAtLeast("431")));
		cases.add(WireCase.of("a path of 20 KB", Send.get("/values/" + "x".repeat(20_000)).is("414/10012")));
		cases.add(WireCase.of("bytes over 127 in a path", Send.put("/values/é", "v").isTheSame(),
				Send.get("/keys").isTheSame()));
		cases.add(broken("no method", Send.api("FETCH", "{ns}/values/k")));
		cases.add(broken("a method in lower case", Send.api("get", "{ns}/values/k")));
		cases.add(broken("a malformed request line", Send.api("GET", "{ns}/values/a b")));
		cases.add(broken("a header without colon", Send.put("/values/k", "v").header("nonsense")));
		return cases;
	}

	private static WireCase broken(String name, Send request) {
		return WireCase.of(name, request.isRefused(), Send.get("/values/k").is("404/10009"));
	}

}
