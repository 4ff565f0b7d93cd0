package dev.kvsession.test.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEmulatorResponse;

/** Serves one connection on one thread until either side ends it. */
final class HttpConnection implements Runnable {

	private static final int LINGER_MS = 1000;

	private final Socket socket;

	private final Function<HttpMessage, KvEmulatorResponse> handler;

	HttpConnection(Socket socket, Function<HttpMessage, KvEmulatorResponse> handler) {
		this.socket = socket;
		this.handler = handler;
	}

	@Override
	public void run() {
		try (this.socket) {
			this.socket.setTcpNoDelay(true);
			serve();
		}
		catch (IOException ex) {
			// The client has closed the connection.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void serve() throws IOException, InterruptedException {
		OutputStream out = new BufferedOutputStream(this.socket.getOutputStream());
		InputStream in = new BufferedInputStream(this.socket.getInputStream());
		HttpWriter writer = new HttpWriter(this.socket, out);
		try {
			serve(new HttpReader(in, out), writer);
		}
		catch (HttpRefusal ex) {
			refuse(writer, in, ex);
		}
	}

	private void serve(HttpReader reader, HttpWriter writer) throws IOException, InterruptedException {
		@Nullable HttpMessage request = reader.next();
		while (request != null) {
			writer.deliver(this.handler.apply(request), "HEAD".equals(request.method()));
			boolean last = request.endsConnection() || this.socket.isClosed();
			request = (last) ? null : reader.next();
		}
	}

	private void refuse(HttpWriter writer, InputStream in, HttpRefusal refusal)
			throws IOException, InterruptedException {
		writer.deliver(refusal.response(), false);
		this.socket.shutdownOutput();
		// Closing a connection with unread bytes would reset it, and lose the answer.
		this.socket.setSoTimeout(LINGER_MS);
		in.transferTo(OutputStream.nullOutputStream());
	}

}
