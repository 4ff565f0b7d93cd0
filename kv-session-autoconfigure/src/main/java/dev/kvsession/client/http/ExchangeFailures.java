package dev.kvsession.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.UnansweredException;
import dev.kvsession.client.support.SafeCause;

/**
 * Says what it means that a request was not answered: whether it may have left, and what
 * to do.
 */
final class ExchangeFailures {

	/** Failures before the first byte of a request. */
	private static final List<Class<? extends IOException>> NEVER_SENT = List.of(ConnectException.class,
			NoRouteToHostException.class, UnknownHostException.class, HttpConnectTimeoutException.class,
			SSLHandshakeException.class, SSLPeerUnverifiedException.class);

	/**
	 * Apache's failure of that kind, by name: the application may not have it.
	 */
	private static final String NEVER_CONNECTED = "org.apache.hc.client5.http.ConnectTimeoutException";

	private ExchangeFailures() {
	}

	/**
	 * Says what a failure means.
	 * @param thrown how sending ended
	 * @param begun whether the first byte of an answer had come
	 */
	static KvException of(Throwable thrown, boolean begun) {
		for (Throwable link = thrown; link != null; link = link.getCause()) {
			if (link instanceof KvException known) {
				return known;
			}
			if (isNeverSent(link)) {
				return new KvUnavailableException(
						"KV cannot be reached (" + link.getClass().getSimpleName()
								+ "). Check cloudflare.kv.base-url, the network, and cloudflare.kv.connect-timeout",
						SafeCause.of(link));
			}
		}
		if (thrown instanceof Error) {
			return new KvUnknownOutcomeException("A KV call ended in " + thrown.getClass().getSimpleName()
					+ " within this application. The HTTP client is replaced if it was hit. See what else the "
					+ "application reports, and its memory", SafeCause.of(thrown));
		}
		// Spring's wrapper quotes the URL in its message.
		Throwable io = firstIoException(thrown);
		boolean unanswered = !begun && io instanceof IOException && !(io instanceof InterruptedIOException);
		Throwable cause = SafeCause.of(io);
		return new KvUnknownOutcomeException(
				"KV gave no complete answer (" + io.getClass().getSimpleName()
						+ "). Check the network and cloudflare.kv.read-timeout",
				unanswered ? new UnansweredException(cause) : cause);
	}

	private static boolean isNeverSent(Throwable link) {
		return link.getClass().getName().equals(NEVER_CONNECTED)
				|| NEVER_SENT.stream().anyMatch((type) -> type.isInstance(link));
	}

	private static Throwable firstIoException(Throwable thrown) {
		for (Throwable link = thrown; link != null; link = link.getCause()) {
			if (link instanceof IOException) {
				return link;
			}
		}
		return thrown;
	}

}
