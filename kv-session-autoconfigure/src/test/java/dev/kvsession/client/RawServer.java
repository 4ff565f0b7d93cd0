package dev.kvsession.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Server on a bare socket: shows requests as they are on the wire, before any URL parser,
 * and answers with any bytes. One connection at a time, one request to a connection.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket socket;

	private final List<String> requestLines = new CopyOnWriteArrayList<>();

	private final String answer;

	private RawServer(String answer) {
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.answer = answer;
	}

	/**
	 * Starts a server.
	 * @param answer all that it says to each request; {@code $REQUEST} becomes the
	 * request line
	 */
	static RawServer answering(String answer) {
		RawServer server = new RawServer(answer);
		Thread thread = new Thread(server::serve, "raw-server");
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	static String http(String status, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
	}

	int port() {
		return this.socket.getLocalPort();
	}

	List<String> requestLines() {
		return this.requestLines;
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try (Socket connection = this.socket.accept()) {
				answer(connection);
			}
			catch (SocketException ex) {
				// The client hung up, or the server is closed.
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void answer(Socket connection) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
		String requestLine = reader.readLine();
		for (String line = requestLine; line != null && !line.isEmpty();) {
			line = reader.readLine();
		}
		this.requestLines.add(String.valueOf(requestLine));
		OutputStream output = connection.getOutputStream();
		output
			.write(this.answer.replace("$REQUEST", String.valueOf(requestLine)).getBytes(StandardCharsets.ISO_8859_1));
		output.flush();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
