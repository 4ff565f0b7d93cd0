package dev.kvsession.test.http;

import java.util.Locale;
import java.util.Map;

/**
 * A request as read from a connection.
 *
 * @param method the HTTP method
 * @param target the raw request target
 * @param headers the headers, names in lower case
 * @param body the body; empty for none
 */
public record HttpMessage(String method, String target, Map<String, String> headers, byte[] body) {

	boolean endsConnection() {
		return this.headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
	}

	@Override
	public String toString() {
		return "HttpMessage[" + this.method + "]";
	}

}
