package dev.kvsession.test.http;

import java.util.Locale;
import java.util.Map;

/** A request as read from a connection; header names in lower case. */
public record HttpMessage(String method, String target, Map<String, String> headers, byte[] body) {

	boolean endsConnection() {
		return this.headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
	}

	@Override
	public String toString() {
		return "HttpMessage[" + this.method + "]";
	}

}
