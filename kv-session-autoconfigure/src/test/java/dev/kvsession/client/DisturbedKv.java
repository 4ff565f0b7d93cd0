package dev.kvsession.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * KV behind a proxy that mixes answers up: a server on bare sockets that keeps its
 * connections and has a value for every key.
 */
final class DisturbedKv implements AutoCloseable {

	static final String LARGE = "session:large";

	private static final JsonMapper JSON = new JsonMapper();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger requests = new AtomicInteger();

	private final ServerSocket socket;

	private final Proxy proxy;

	/**
	 * Starts a server.
	 * @param tls whether it speaks TLS
	 * @param proxy how it answers
	 */
	DisturbedKv(boolean tls, Proxy proxy) {
		this.proxy = proxy;
		try {
			InetAddress loopback = InetAddress.getLoopbackAddress();
			this.socket = tls ? TestTls.context().getServerSocketFactory().createServerSocket(0, 50, loopback)
					: new ServerSocket(0, 50, loopback);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * What it has for a key. An answer with a large value does not fit into the buffers
	 * of Apache's client, and an end of it shares a TLS record with what follows.
	 */
	static String value(String key) {
		return "value of " + key + (key.startsWith(LARGE) ? ".".repeat(9000) : "");
	}

	int port() {
		return this.socket.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	int requests() {
		return this.requests.get();
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "disturbed-kv");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				// What has been written has arrived.
				connection.setTcpNoDelay(true);
				this.connections.incrementAndGet();
				start(() -> serve(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			InputStream input = new BufferedInputStream(connection.getInputStream());
			byte[] previous = null;
			for (String line = line(input); line != null; line = line(input)) {
				byte[] own = http("200 OK\r\nCF-Ray: " + this.requests.incrementAndGet() + "-FRA",
						answer(line, body(input)));
				this.proxy.answer(own, previous, connection.getOutputStream());
				previous = own;
			}
		}
		catch (IOException ex) {
			// The client hung up.
		}
	}

	private static @Nullable String line(InputStream input) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int octet = input.read(); octet != '\n'; octet = input.read()) {
			if (octet < 0) {
				return null;
			}
			line.append((char) octet);
		}
		return line.toString().trim();
	}

	private static byte[] body(InputStream input) throws IOException {
		int length = 0;
		for (String line = line(input); line != null && !line.isEmpty(); line = line(input)) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring("content-length:".length()).trim());
			}
		}
		return input.readNBytes(length);
	}

	private static String answer(String requestLine, byte[] body) {
		if (!requestLine.contains("/bulk/get ")) {
			return ScriptedTransport.OK;
		}
		Map<String, String> values = new TreeMap<>();
		for (JsonNode key : JSON.readTree(body).path("keys")) {
			values.put(key.asString(), value(key.asString()));
		}
		return JSON.writeValueAsString(Map.of("success", true, "result", Map.of("values", values)));
	}

	static byte[] http(String status, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
				+ "\r\n\r\n";
		return joined(head.getBytes(StandardCharsets.US_ASCII), bytes);
	}

	static byte[] joined(byte[] first, byte[] second) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.writeBytes(first);
		joined.writeBytes(second);
		return joined.toByteArray();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * Passes answers on.
	 */
	@FunctionalInterface
	interface Proxy {

		/**
		 * Answers one request.
		 * @param own KV's answer to it
		 * @param previous KV's answer to the request before it on this connection, or
		 * {@code null} if it is the first
		 * @param output where answers go
		 */
		void answer(byte[] own, byte @Nullable [] previous, OutputStream output) throws IOException;

	}

}
