package dev.kvsession.test.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads an answer up to the end of its connection, so that a byte too many shows.
 */
final class ReplyReader {

	private static final int HEX = 16;

	private final InputStream in;

	private ReplyReader(InputStream in) {
		this.in = in;
	}

	static Reply read(InputStream in) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		try {
			in.transferTo(all);
		}
		catch (SocketException ex) {
			// Reset after the answer, because not all of the request was read.
		}
		return (all.size() == 0) ? Reply.NONE : new ReplyReader(new ByteArrayInputStream(all.toByteArray())).reply();
	}

	private Reply reply() throws IOException {
		int status = Integer.parseInt(line().split(" ")[1]);
		Map<String, String> headers = new TreeMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			String[] pair = line.split(":", 2);
			headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1].trim());
		}
		if (status < 200) {
			return reply();
		}
		boolean chunked = "chunked".equals(headers.get("transfer-encoding")) && this.in.available() > 0;
		return new Reply(status, headers.getOrDefault("content-type", ""), chunked ? chunks() : this.in.readAllBytes());
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = size(); size > 0; size = size()) {
			body.write(this.in.readNBytes(size));
			line();
		}
		return body.toByteArray();
	}

	private int size() throws IOException {
		return Integer.parseInt(line(), HEX);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next >= 0 && next != '\n'; next = this.in.read()) {
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

}
