package dev.kvsession.benchmarks.soak;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lies between the instances and a KV that has no faults of its own, and breaks
 * connections. Safe for concurrent use.
 */
final class FaultProxy implements Closeable {

	private static final double SHARE_THAT_IS_CUT = 0.2;

	private static final byte[] ENDLESS = "HTTP/1.1 200 OK\r\nX-Endless: ".getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket server;

	private volatile int target;

	private volatile Fault fault = Fault.NONE;

	/**
	 * Starts the proxy on a free port.
	 * @param target the port to which it leads
	 * @throws IOException if it cannot listen
	 */
	FaultProxy(int target) throws IOException {
		this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		this.target = target;
		daemon(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	void fault(Fault fault) {
		this.fault = fault;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				daemon(() -> serve(client));
			}
			catch (IOException ex) {
				// Closed, or that client has gone.
			}
		}
	}

	private void serve(Socket client) {
		try (client; Socket kv = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			client.setTcpNoDelay(true);
			kv.setTcpNoDelay(true);
			daemon(() -> forward(client, kv, false));
			forward(kv, client, true);
		}
		catch (IOException ex) {
			// KV is down, or one side has hung up.
		}
	}

	private void forward(Socket from, Socket to, boolean answers) {
		byte[] buffer = new byte[1 << 16];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (answers) {
					answer(out, buffer, read);
				}
				else {
					out.write(buffer, 0, read);
				}
			}
		}
		catch (IOException ex) {
			// One side has hung up, or the connection is cut.
		}
	}

	private void answer(OutputStream out, byte[] answer, int length) throws IOException {
		switch (this.fault) {
			case NONE -> out.write(answer, 0, length);
			case CUT -> {
				if (ThreadLocalRandom.current().nextDouble() < SHARE_THAT_IS_CUT) {
					throw new IOException("cut");
				}
				out.write(answer, 0, length);
			}
			case SILENT -> {
				// Takes the answer and says nothing.
			}
			case ENDLESS_HEADER -> {
				out.write(ENDLESS);
				byte[] filler = new byte[1 << 16];
				Arrays.fill(filler, (byte) 'x');
				while (this.fault == Fault.ENDLESS_HEADER) {
					out.write(filler);
				}
				throw new IOException("the fault is over");
			}
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "fault-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/**
	 * What happens to KV's answers.
	 */
	enum Fault {

		NONE, CUT, SILENT, ENDLESS_HEADER

	}

}
