package dev.kvsession.test.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 requests as clients of a JSON API send them (RFC 9112): bodies with a
 * length or in chunks, and {@code Expect: 100-continue}.
 */
final class HttpReader {

	/**
	 * Most bytes of request line and headers, also of a line between chunks (as workerd).
	 */
	private static final int MAX_HEAD_BYTES = 128 * 1024;

	private static final int HEX = 16;

	private static final int REQUEST_LINE_PARTS = 3;

	private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final InputStream in;

	private final OutputStream out;

	private int room;

	HttpReader(InputStream in, OutputStream out) {
		this.in = in;
		this.out = out;
	}

	/** Reads the next request; {@code null} if the client closed the connection. */
	@Nullable HttpMessage next() throws IOException {
		this.room = MAX_HEAD_BYTES;
		String line = line();
		if (line == null) {
			return null;
		}
		String[] parts = line.split(" ");
		if (parts.length != REQUEST_LINE_PARTS) {
			throw HttpRefusal.malformed("request line");
		}
		Map<String, String> headers = headers();
		if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
			this.out.write(CONTINUE);
			this.out.flush();
		}
		String target = new String(parts[1].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
		return new HttpMessage(parts[0], target, headers, body(headers));
	}

	private Map<String, String> headers() throws IOException {
		Map<String, String> headers = new HashMap<>();
		for (String line = requireLine(); !line.isEmpty(); line = requireLine()) {
			int colon = line.indexOf(':');
			if (colon <= 0) {
				throw HttpRefusal.malformed("header");
			}
			String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
			headers.merge(name, line.substring(colon + 1).trim(), (first, next) -> first + ", " + next);
		}
		return headers;
	}

	private byte[] body(Map<String, String> headers) throws IOException {
		if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked")) {
			return chunks();
		}
		return exactly(length(headers.getOrDefault("content-length", "0"), 10));
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size = chunkSize();
		while (size > 0) {
			body.write(exactly(size));
			requireLine();
			size = chunkSize();
		}
		headers();
		return body.toByteArray();
	}

	private int chunkSize() throws IOException {
		this.room = MAX_HEAD_BYTES;
		return length(requireLine().split(";")[0].trim(), HEX);
	}

	private static int length(String text, int radix) throws IOException {
		try {
			return Objects.checkIndex(Integer.parseInt(text, radix), Integer.MAX_VALUE);
		}
		catch (NumberFormatException | IndexOutOfBoundsException ex) {
			throw HttpRefusal.malformed("length");
		}
	}

	private byte[] exactly(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("the request's body ended early");
		}
		return bytes;
	}

	private String requireLine() throws IOException {
		String line = line();
		if (line == null) {
			throw new EOFException("the request ended early");
		}
		return line;
	}

	private @Nullable String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = this.in.read();
		if (next < 0) {
			return null;
		}
		while (next >= 0 && next != '\n') {
			if (--this.room < 0) {
				throw HttpRefusal.tooLarge();
			}
			line.write(next);
			next = this.in.read();
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

}
