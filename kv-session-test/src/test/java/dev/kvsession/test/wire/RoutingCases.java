package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Paths and methods.
 */
final class RoutingCases {

	private static final String OTHER = "f".repeat(32);

	private static final String NAMESPACES = "/accounts/{account}/storage/kv/namespaces";

	private static final List<String> NO_ROUTE = List.of("GET {ns}/values", "GET {ns}/other", "GET {ns}/keys/",
			"GET {ns}/keys/x", "GET {ns}/Keys", "GET {ns}/k%65ys", "GET {ns}/bulk", "POST {ns}/bulk",
			"DELETE {ns}/bulk", "PUT {ns}/bulk/", "PUT {ns}/bulk/get", "GET {ns}/bulk/get", "GET {ns}/bulk/delete",
			"DELETE {ns}/bulk/delete", "POST {ns}/values/k", "PATCH {ns}/values/k", "OPTIONS {ns}/values/k",
			"PUT {ns}/metadata/k", "POST {ns}/keys", "PATCH {ns}/keys", "POST {ns}", "PATCH {ns}", "PUT {ns}",
			"GET /nowhere", "GET /", "GET /accounts/", "POST /accounts", "DELETE /user/tokens/verify",
			"GET /user/tokens/verify/", "POST " + NAMESPACES, "PUT " + NAMESPACES, "DELETE " + NAMESPACES,
			"GET " + NAMESPACES + "/", "GET " + NAMESPACES + "/no-id/values/k",
			"GET " + NAMESPACES + "/" + "F".repeat(32) + "/values/k", "GET " + NAMESPACES + "/" + OTHER + "0/values/k",
			"GET /accounts/no-id/storage/kv/namespaces", "GET /accounts/{account}/storage/kv",
			"GET /accounts/{account}/storage/r2/namespaces", "GET /accounts//storage/kv/namespaces", "GET //accounts");

	private RoutingCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String line : NO_ROUTE) {
			String[] parts = line.split(" ");
			cases.add(WireCase.of("no route: " + line, Send.api(parts[0], parts[1]).is("404/7003")));
		}
		for (String path : List.of("a/../../keys", "..\\keys", ".%2E/keys", "a/%2e%2E/%2e./keys", "./../keys",
				"../../{namespace}/keys")) {
			cases.add(WireCase.of("dot segments escape: " + path, Send.put("/values/k", "v").is("200"),
					Send.get("/values/" + path).is("200")));
		}
		cases.add(WireCase.of("another namespace", other(NAMESPACES + "/" + OTHER, "404/10013")));
		cases.add(WireCase.of("another account",
				other("/accounts/" + OTHER + "/storage/kv/namespaces/{namespace}", "403/10000")));
		cases.add(WireCase.of("another account and no namespace",
				other("/accounts/" + OTHER + "/storage/kv/namespaces/no-id", "403/10000")));
		cases.add(WireCase.of("another account's namespaces",
				Send.api("GET", "/accounts/" + OTHER + "/storage/kv/namespaces").is("403/10000")));
		cases.add(WireCase.of("no account and another namespace",
				other("/accounts/no-id/storage/kv/namespaces/" + OTHER, "404/7003")));
		cases.add(WireCase.of("a long key of another namespace",
				Send.api("GET", NAMESPACES + "/" + OTHER + "/values/" + "k".repeat(513)).is("404/10013")));
		for (String path : List.of("/accounts", "/user/tokens/verify", "{ns}", "{ns}/", NAMESPACES)) {
			cases.add(WireCase.of("described: " + path, Send.api("GET", path).isAtLeast("200")));
		}
		for (String path : List.of("/accounts", NAMESPACES)) {
			cases.add(WireCase.of("pages: " + path, Send.api("GET", path + "?page=2").is("200"),
					Send.api("GET", path + "?page=2&per_page=5").is("200"),
					Send.api("GET", path + "?page=x").is("400/10012"), Send.api("GET", path + "?page=").isTheSame(),
					Send.api("GET", path + "?page=-1").isTheSame(),
					Send.api("GET", path + "?per_page=%2B5&page=2").isTheSame(),
					Send.api("GET", path + "?per_page=99999999999").isTheSame()));
		}
		for (String path : List.of("{ns}/values/k", "{ns}/keys", "{ns}", "/accounts", "/nowhere", NAMESPACES)) {
			cases.add(WireCase.of("HEAD " + path, Send.put("/values/k", "v").is("200"),
					Send.api("HEAD", path).is("404", "")));
		}
		return cases;
	}

	private static Step other(String namespace, String code) {
		return Send.api("GET", namespace + "/values/k").is(code);
	}

}
