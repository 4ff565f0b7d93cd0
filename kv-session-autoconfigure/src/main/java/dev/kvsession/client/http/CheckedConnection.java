package dev.kvsession.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP connection that tells whether bytes have arrived that nobody has read, and
 * whose requests and answers show in no log of Apache's, whatever its level. Used by one
 * thread at a time.
 */
final class CheckedConnection extends DefaultManagedHttpClientConnection {

	/**
	 * What an answer may say before its body: far more than Cloudflare does, and little
	 * memory. Without a bound one line without end takes all of it.
	 */
	private static final Http1Config LIMITS = Http1Config.custom()
		.setMaxLineLength(16_384)
		.setMaxHeaderCount(200)
		.build();

	private @Nullable SessionInputBuffer buffer;

	/**
	 * Creates a connection that is not open yet. Unlike Apache's default, its parser
	 * refuses lines before the status line.
	 * @param id names it in Apache's logs
	 */
	CheckedConnection(String id) {
		super(id, null, null, LIMITS, null, null, null, (config) -> new AnswerParser(LIMITS));
	}

	/**
	 * Sends the true path, which names the key, in place of the one that Apache's client
	 * knows and logs.
	 */
	@Override
	public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
		HttpExchange exchange = HttpExchange.current();
		String shown = request.getPath();
		if (exchange != null) {
			request.setPath(exchange.path(shown));
		}
		try {
			super.sendRequestHeader(request);
		}
		finally {
			request.setPath(shown);
		}
	}

	// Apache's log of headers, which shows the token.

	@Override
	protected void onRequestSubmitted(ClassicHttpRequest request) {
	}

	@Override
	protected void onResponseReceived(ClassicHttpResponse response) {
	}

	// Apache's log of all bytes, which shows everything.

	@Override
	public void bind(Socket socket) throws IOException {
		bind(new SocketHolder(socket));
	}

	@Override
	public void bind(SSLSocket tls, Socket socket) throws IOException {
		bind(new SocketHolder(tls, socket));
	}

	@Override
	protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream input) {
		this.buffer = buffer;
		return super.createContentInputStream(length, buffer, input);
	}

	/** Whether more than one request has been sent on it. */
	boolean isUsedAgain() {
		return getEndpointDetails().getRequestCount() > 1;
	}

	/**
	 * Whether bytes have arrived that nobody has read. Never blocks. Does not see that
	 * the other side has closed the connection.
	 * @return whether the buffers of Apache, TLS or the socket hold bytes; those in the
	 * socket may also be a message of TLS itself
	 */
	boolean hasInput() {
		SocketHolder sockets = getSocketHolder();
		if (sockets == null) {
			return false;
		}
		try {
			return (this.buffer != null && this.buffer.length() > 0)
					|| sockets.getBaseSocket().getInputStream().available() > 0
					|| (sockets.getSSLSocket() != null && sockets.getInputStream().available() > 0);
		}
		catch (IOException ex) {
			// A broken connection fails the next call as it always does.
			return false;
		}
	}

}
