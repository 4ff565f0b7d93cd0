package dev.kvsession.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys in paths.
 */
final class KeyCases {

	/**
	 * Each as it is on the wire.
	 */
	private static final List<String> TAKEN = List.of("session:a", "session%3Aa", "a%2Fb", "a%2fb", "a%20b", "a+b",
			"a%2Bb", "100%", "a%zzb", "a%4", "%25", "%252e", "%252e%252e", "a|b", "a\"b", "a'b", "a<b>", "a^b`c", "{a}",
			"[a]", "a;b=c", "a,b", "a@b", "a!b$c&d", "~a_b-c.d", "...", "a..", "..a", "%2e%2e%2f", "a%5Cb", "%C3%A9",
			"%F0%9F%98%80", "%EF%BB%BFa", "a%00b", "a%0Ab", "%7F", "__proto__", "a%3Fb", "a%23b", "bulk",
			"a%2F..%2F..%2Fkeys", "session%2F..%2F..", "a".repeat(512), "%C3%A9".repeat(256));

	private static final List<String> REFUSED = List.of("%FF", "a%C3", "%C0%80", "%ED%A0%80", "%F5%80%80%80",
			"%F0%9F%98");

	private static final List<String> TOO_LONG = List.of("a".repeat(513), "%C3%A9".repeat(256) + "a",
			"%F0%9F%98%80".repeat(129), "a".repeat(8000));

	private KeyCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		for (String key : TAKEN) {
			cases.add(WireCase.of("the key " + shown(key), Send.put("/values/" + key, "v").is("200"),
					Send.get("/values/" + key).is("200", "v"), Send.get("/keys").is("200"),
					Send.delete("/values/" + key).is("200"), Send.get("/values/" + key).is("404/10009")));
		}
		REFUSED.forEach((key) -> cases.add(refused(key, "400/10012")));
		TOO_LONG.forEach((key) -> cases.add(refused(key, "414/10012")));
		for (String key : List.of("", ".", "%2e", "a/b", "a/", "/a", "a//b")) {
			cases.add(WireCase.of("no key: " + key, Send.get("/values/" + key).is("404/7003"),
					Send.put("/values/" + key, "v").is("404/7003"), Send.delete("/values/" + key).is("404/7003"),
					Send.get("/metadata/" + key).is("404/7003")));
		}
		cases.add(WireCase.of("the path ends at a hash", Send.put("/values/a#b", "v").is("200"),
				Send.get("/values/a").is("200", "v")));
		cases.add(WireCase.of("a key is stored decoded", Send.put("/values/s%3Aa%2Fb%20c+d%25e", "v").is("200"),
				Send.get("/values/s:a%2Fb%20c%2Bd%25e").is("200", "v")));
		return cases;
	}

	private static WireCase refused(String key, String code) {
		return WireCase.of("the key " + shown(key) + " is refused", Send.put("/values/" + key, "v").is(code),
				Send.get("/values/" + key).is(code), Send.delete("/values/" + key).is(code),
				Send.get("/metadata/" + key).is(code));
	}

	private static String shown(String key) {
		return (key.length() > 40) ? key.substring(0, 20) + "... of " + key.length() : key;
	}

}
