package dev.kvsession.test.http;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorResponse;

/** The request is malformed or too large, so the connection ends. */
final class HttpRefusal extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int BAD_REQUEST = 400;

	private static final int HEADERS_TOO_LARGE = 431;

	private final int status;

	private HttpRefusal(int status, String message) {
		super(message);
		this.status = status;
	}

	static HttpRefusal malformed(String what) {
		return new HttpRefusal(BAD_REQUEST, "malformed " + what);
	}

	static HttpRefusal tooLarge() {
		return new HttpRefusal(HEADERS_TOO_LARGE, "header too large");
	}

	KvEmulatorResponse response() {
		byte[] body = String.valueOf(getMessage()).getBytes(StandardCharsets.UTF_8);
		return new KvEmulatorResponse(this.status, Map.of("content-type", "text/plain", "connection", "close"), body,
				Duration.ZERO, KvDelivery.ANSWERED, Duration.ZERO);
	}

}
