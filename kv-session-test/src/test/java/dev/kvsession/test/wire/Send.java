package dev.kvsession.test.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request as bytes: nothing between it and the wire tidies up paths or headers.
 *
 * @param method the method
 * @param target path and query below the API's base path; <code>{ns}</code>,
 * <code>{account}</code>, <code>{namespace}</code> and <code>{cursor}</code> stand for a
 * server's own
 * @param headers lines; <code>{token}</code> stands for a server's own
 * @param body the body
 */
record Send(String method, String target, List<String> headers, byte[] body) {

	private static final Pattern FRAMING = Pattern.compile("(?i)^(content-length|transfer-encoding):");

	private static final List<String> AUTHORIZED = List.of("Authorization: Bearer {token}");

	/**
	 * A request to the API with exactly these headers, and no token unless one says so.
	 */
	static Send bare(String method, String target, String... headers) {
		return new Send(method, target, List.of(headers), new byte[0]);
	}

	static Send api(String method, String target) {
		return new Send(method, target, AUTHORIZED, new byte[0]);
	}

	static Send get(String path) {
		return api("GET", "{ns}" + path);
	}

	static Send delete(String path) {
		return api("DELETE", "{ns}" + path);
	}

	static Send put(String path, String body) {
		return api("PUT", "{ns}" + path).with(body.getBytes(StandardCharsets.UTF_8));
	}

	static Send post(String path, String body) {
		return api("POST", "{ns}" + path).with(body.getBytes(StandardCharsets.UTF_8));
	}

	Send with(byte[] bytes) {
		return new Send(this.method, this.target, this.headers, bytes);
	}

	Send header(String line) {
		return new Send(this.method, this.target, Stream.concat(this.headers.stream(), Stream.of(line)).toList(),
				this.body);
	}

	/**
	 * Known status and code, such as {@code 404/10009} or {@code 200}.
	 */
	Step is(String code) {
		return new Step(this, code, null, true);
	}

	/**
	 * Known status and code, and known value or {@code result}.
	 */
	Step is(String code, String content) {
		return new Step(this, code, content, true);
	}

	/**
	 * Known status and code; what else is in the answer is each server's own.
	 */
	Step isAtLeast(String code) {
		return new Step(this, code, null, false);
	}

	/**
	 * Nothing is known but that both servers answer alike.
	 */
	Step isTheSame() {
		return new Step(this, null, null, true);
	}

	/**
	 * Any answer but a success, or none at all.
	 */
	Step isRefused() {
		return new Step(this, Step.REFUSED, null, false);
	}

	byte[] head(Map<String, String> own) {
		boolean framed = this.headers.stream().anyMatch(FRAMING.asPredicate());
		String length = framed ? "" : "Content-Length: " + this.body.length + "\r\n";
		String lines = String.join("", this.headers.stream().map((line) -> line + "\r\n").toList());
		String head = this.method + " {base}" + this.target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + lines
				+ length + "\r\n";
		for (Map.Entry<String, String> entry : own.entrySet()) {
			head = head.replace("{" + entry.getKey() + "}", entry.getValue());
		}
		return head.getBytes(StandardCharsets.UTF_8);
	}

}
