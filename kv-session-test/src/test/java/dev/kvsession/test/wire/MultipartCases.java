package dev.kvsession.test.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Values with metadata.
 */
final class MultipartCases {

	private static final String TYPE = "multipart/form-data; boundary=b";

	private static final String VALUE = part("name=\"value\"", "v");

	private MultipartCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String type : List.of(TYPE, "Multipart/Form-Data; boundary=b", "multipart/form-data; Boundary=\"b\"",
				"multipart/form-data;charset=utf-8;boundary=b", "multipart/form-data; boundary=b; charset=utf-8")) {
			cases.add(taken(type, type, VALUE + metadata("{\"a\":[1,\"é\"]}") + "--b--\r\n"));
		}
		for (String metadata : List.of("7", "null", "\"\\ud800\"", "\"\\ud83d\\ude00\"", " true ", "{\"a\":1,\"a\":2}",
				"\"" + "m".repeat(1022) + "\"", "\"" + "é".repeat(511) + "\"", "[".repeat(400) + "]".repeat(400))) {
			cases.add(taken("metadata of " + metadata.length(), TYPE, VALUE + metadata(metadata) + "--b--"));
		}
		cases.add(taken("no metadata", TYPE, VALUE + "--b--"));
		cases.add(taken("lines", TYPE, part("name=value", "\r\nline\r\n--line\r\n") + "--b--"));
		cases.add(taken("a file", TYPE, part("name=\"value\"; filename=\"f\"\r\nContent-Type: text/plain", "v")));
		cases.add(taken("a preamble and an epilogue", TYPE, "before\r\n" + VALUE + "--b--\r\nafter\r\n"));
		cases.add(taken("two values", TYPE, VALUE + part("name=\"value\"", "w") + "--b--"));
		for (String body : List.of("", "v", VALUE, VALUE + "--", "--b--", part("name=\"x\"", "v") + "--b--",
				part("x=\"value\"", "v") + "--b--", "--b\r\n\r\nv\r\n--b--", metadata("1") + "--b--",
				VALUE + metadata("{a") + "--b--", VALUE + metadata("") + "--b--", VALUE + metadata(" ") + "--b--",
				VALUE + metadata("1 2") + "--b--", VALUE + metadata("NaN") + "--b--",
				VALUE + metadata("\uFEFF1") + "--b--")) {
			cases.add(refused("body " + cases.size(), TYPE, body, "400/10012"));
		}
		cases.add(refused("metadata over 1,024 bytes", TYPE, VALUE + metadata("\"" + "m".repeat(1023) + "\"") + "--b--",
				"413/10012"));
		cases.add(refused("no boundary", "multipart/form-data", VALUE + "--b--", "400/10012"));
		cases.add(refused("another boundary", "multipart/form-data; boundary=c", VALUE + "--b--", "400/10012"));
		cases.add(WireCase.of("multipart: metadata that is not UTF-8",
				Send.put("/values/k", "")
					.header("Content-Type: " + TYPE)
					.with((VALUE + metadata("\"\u00e9\"") + "--b--").getBytes(StandardCharsets.ISO_8859_1))
					.is("400/10012")));
		cases.add(WireCase.of("multipart: a binary value", Send.put("/values/k", "")
			.header("Content-Type: " + TYPE)
			.with((part("name=\"value\"", "\0\r\n\u0080\u00ff") + "--b--").getBytes(StandardCharsets.ISO_8859_1))
			.is("200"), Send.get("/values/k").is("200", "\0\r\n\u0080\u00ff")));
		cases.add(WireCase.of("multipart: a plain write drops metadata",
				Send.put("/values/k", VALUE + metadata("7") + "--b--").header("Content-Type: " + TYPE).is("200"),
				Send.get("/metadata/k").is("200", "7"), Send.put("/values/k", "w").is("200"),
				Send.get("/metadata/k").is("200", "null")));
		cases.add(WireCase.of("multipart: a wrong lifetime counts before a wrong body",
				Send.put("/values/k?expiration_ttl=59", "").header("Content-Type: " + TYPE).isTheSame()));
		return cases;
	}

	private static WireCase taken(String name, String type, String body) {
		return WireCase.of("multipart: " + name,
				Send.put("/values/k", body).header("Content-Type: " + type).isTheSame(),
				Send.get("/values/k").isTheSame(), Send.get("/metadata/k").isTheSame(), Send.get("/keys").is("200"));
	}

	private static WireCase refused(String name, String type, String body, String code) {
		return WireCase.of("multipart: refused " + name,
				Send.put("/values/k", body).header("Content-Type: " + type).is(code),
				Send.get("/values/k").is("404/10009"));
	}

	private static String metadata(String json) {
		return part("name=\"metadata\"", json);
	}

	private static String part(String disposition, String content) {
		return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
	}

}
