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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Server that keeps connections open, serves each on a thread, and counts them.
 */
final class ConnectionServer implements AutoCloseable {

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger requests = new AtomicInteger();

	private final CountDownLatch hungUp = new CountDownLatch(1);

	private final ServerSocket socket;

	private final Answer answer;

	ConnectionServer(Answer answer) {
		this.answer = answer;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
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

	void awaitHangUp() throws InterruptedException {
		assertThat(this.hungUp.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "connection-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
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
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.isEmpty()) {
					this.answer.write(this.requests.incrementAndGet(), connection.getOutputStream());
				}
			}
		}
		catch (SocketException ex) {
			// The client hung up.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.hungUp.countDown();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * Answers requests.
	 */
	@FunctionalInterface
	interface Answer {

		/**
		 * Answers one request.
		 * @param number which request this is, from 1
		 * @param output where the answer goes
		 */
		void write(int number, OutputStream output) throws IOException;

	}

}
