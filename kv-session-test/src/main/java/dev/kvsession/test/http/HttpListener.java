package dev.kvsession.test.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * Accepts connections on the loopback interface; each gets a daemon thread. The JDK's own
 * server is not used because it cannot reset a connection, parses the request target, and
 * delays small answers (Nagle's algorithm is on by default).
 */
public final class HttpListener implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private final ServerSocket server;

	private final Function<HttpMessage, KvEmulatorResponse> handler;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool(HttpListener::thread);

	private HttpListener(ServerSocket server, Function<HttpMessage, KvEmulatorResponse> handler) {
		this.server = server;
		this.handler = handler;
	}

	public static HttpListener start(int port, Function<HttpMessage, KvEmulatorResponse> handler) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
			HttpListener listener = new HttpListener(server, handler);
			listener.threads.execute(listener::accept);
			return listener;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("KvEmulator could not listen on " + LOOPBACK + ":" + port
					+ ". Is the port in use? Port 0 finds a free one.", ex);
		}
	}

	public String address() {
		return "http://" + LOOPBACK + ":" + this.server.getLocalPort();
	}

	@Override
	public void close() {
		closeQuietly(this.server);
		this.sockets.forEach(HttpListener::closeQuietly);
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				serve(this.server.accept());
			}
			catch (IOException ex) {
				// Closed, or a connection that broke before it was accepted.
			}
		}
	}

	private void serve(Socket socket) {
		this.sockets.add(socket);
		try {
			this.threads.execute(() -> {
				new HttpConnection(socket, this.handler).run();
				this.sockets.remove(socket);
			});
		}
		catch (RejectedExecutionException ex) {
			// Closed between accepting and serving.
			closeQuietly(socket);
		}
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// It is not used any more.
		}
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "kv-emulator");
		thread.setDaemon(true);
		return thread;
	}

}
