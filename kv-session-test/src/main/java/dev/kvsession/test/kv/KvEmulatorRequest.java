package dev.kvsession.test.kv;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request as it is on the wire.
 *
 * @param client any name of the caller, or empty; calls of one client may be bound to one
 * read location, and the log has the name
 * @param method the HTTP method in upper case
 * @param target the raw path and query below {@code /client/v4}, beginning with
 * {@code /}, still percent-encoded
 * @param headers the headers; names are turned into lower case
 * @param body the body, empty for none; not copied, never changed
 */
public record KvEmulatorRequest(String client, String method, String target, Map<String, String> headers, byte[] body) {

	public KvEmulatorRequest {
		Map<String, String> lowerCase = new TreeMap<>();
		headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
		headers = Map.copyOf(lowerCase);
	}

	@Override
	public String toString() {
		return "KvEmulatorRequest[" + this.method + ", " + this.body.length + " bytes]";
	}

}
