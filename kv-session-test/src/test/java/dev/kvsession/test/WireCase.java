package dev.kvsession.test;

import java.nio.charset.StandardCharsets;

/**
 * One request below the namespace, and how KV's REST API answers it.
 *
 * @param expected status and the first error's code, or the status alone
 */
record WireCase(String name, String method, String path, byte[] body, String contentType, String expected) {

	static WireCase of(String expected, String name, String method, String path) {
		return of(expected, name, method, path, "");
	}

	static WireCase of(String expected, String name, String method, String path, String body) {
		return new WireCase(name, method, path, body.getBytes(StandardCharsets.UTF_8), "text/plain", expected);
	}

	WireCase as(String type) {
		return new WireCase(this.name, this.method, this.path, this.body, type, this.expected);
	}

	@Override
	public String toString() {
		return this.name + ": " + this.expected;
	}

}
