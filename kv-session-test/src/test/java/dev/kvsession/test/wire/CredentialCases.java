package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens.
 */
final class CredentialCases {

	private static final String RIGHT = "Authorization: Bearer {token}";

	private static final List<String> WRONG = List.of("Authorization: Bearer wrong", "Authorization: Bearer",
			"Authorization: Bearer ", "Authorization: {token}", "Authorization: bearer {token}",
			"Authorization: Basic {token}", "Authorization: Bearer {token}x", "Authorization: Bearer  {token}",
			"Authorization: Bearer {token}, Bearer {token}", "Authorization: Bearer " + "x".repeat(8000));

	private CredentialCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String line : WRONG) {
			cases.add(refused(line.substring(0, Math.min(60, line.length())), "401/10000", line));
		}
		cases.add(refused("none", "400/9106"));
		cases.add(refused("empty", "400/9106", "Authorization:"));
		cases.add(refused("another header", "400/9106", "X-Auth-Key: {token}", "X-Auth-Email: a@example.org"));
		cases.add(refused("two, both right", "401/10000", RIGHT, RIGHT));
		cases.add(refused("two, the first right", "401/10000", RIGHT, "Authorization: Bearer wrong"));
		cases.add(refused("two, the second right", "401/10000", "Authorization: Bearer wrong", RIGHT));
		cases.add(WireCase.of("token: spaces before it, any case of the name",
				Send.bare("GET", "{ns}/values/k", "AUTHORIZATION:   Bearer {token}").is("404/10009"),
				Send.bare("GET", "{ns}/values/k", "authorization:Bearer {token}").is("404/10009")));
		cases.add(WireCase.of("token: a wrong one, verified",
				Send.bare("GET", "/user/tokens/verify", "Authorization: Bearer wrong").is("401/1000"),
				Send.bare("GET", "/user/tokens/verify?a", "Authorization: Bearer wrong").is("401/1000"),
				Send.bare("GET", "/user/tokens/x/../verify", "Authorization: Bearer wrong").is("401/1000"),
				Send.bare("GET", "/user/tokens/verify/x", "Authorization: Bearer wrong").is("401/10000"),
				Send.bare("GET", "/user/tokens/verify").is("400/9106")));
		return cases;
	}

	private static WireCase refused(String name, String code, String... headers) {
		return WireCase.of("token: " + name, Send.bare("PUT", "{ns}/values/k", headers).is(code),
				Send.bare("GET", "{ns}/keys", headers).is(code), Send.bare("GET", "/nowhere", headers).is(code),
				Send.bare("GET", "{ns}/values/k", RIGHT).is("404/10009"));
	}

}
