package dev.kvsession.client.http;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.ConnectionHolder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests off connections whose answers are out of step with their requests. It
 * closes a connection on which bytes wait before a request leaves, and returns a
 * connection to the pool only after its {@link HttpExchange} has accepted the answer.
 * When a call ends in an {@link Error} it retires: other calls keep their connections to
 * their end, and none is used again. Safe for concurrent use.
 * <p>
 * This does not detect an answer to an earlier request that arrives after the next
 * request has left, unless the next request's own answer arrives together with it. The
 * keys in the answer to a read detect it; nothing does for a write.
 */
final class CheckedConnections implements HttpClientConnectionManager {

	private final PoolingHttpClientConnectionManager pool;

	private volatile boolean retired;

	/**
	 * Creates a manager in front of a pool.
	 * @param pool a pool of {@link CheckedConnection}s; this manager closes it
	 */
	CheckedConnections(PoolingHttpClientConnectionManager pool) {
		this.pool = pool;
	}

	@Override
	public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, @Nullable Object state) {
		LeaseRequest request = this.pool.lease(id, route, timeout, state);
		return new LeaseRequest() {

			@Override
			public ConnectionEndpoint get(Timeout wait)
					throws InterruptedException, ExecutionException, TimeoutException {
				ConnectionEndpoint endpoint = request.get(wait);
				HttpExchange exchange = HttpExchange.current();
				if (exchange != null) {
					// Apache's client forgets the connection of a call that ends in an
					// Error.
					exchange.releaseAtEnd(() -> discard(endpoint, exchange));
				}
				CheckedConnection connection = connection(endpoint);
				if (connection != null && connection.hasInput()) {
					// Apache connects an endpoint that is closed anew.
					endpoint.close(CloseMode.IMMEDIATE);
				}
				return endpoint;
			}

			@Override
			public boolean cancel() {
				return request.cancel();
			}

		};
	}

	@Override
	public void release(ConnectionEndpoint endpoint, @Nullable Object state, @Nullable TimeValue keepAlive) {
		HttpExchange exchange = HttpExchange.current();
		if (exchange == null) {
			this.pool.release(endpoint, state, keepAlive);
			return;
		}
		CheckedConnection connection = connection(endpoint);
		boolean ambiguous = connection != null && connection.isUsedAgain() && connection.hasInput();
		exchange.releaseInstead(() -> {
			if (this.retired || !exchange.isAnswered()) {
				endpoint.close(CloseMode.IMMEDIATE);
			}
			this.pool.release(endpoint, state, keepAlive);
			forgetIdle(exchange);
		});
		if (ambiguous) {
			throw RepeatedAnswers.ambiguous();
		}
	}

	private void discard(ConnectionEndpoint endpoint, HttpExchange exchange) {
		endpoint.close(CloseMode.IMMEDIATE);
		this.pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
		forgetIdle(exchange);
	}

	/*
	 * Who closes one idle connection has closed the others, too: the next call, which may
	 * repeat this one, begins on a new one.
	 */
	private void forgetIdle(HttpExchange exchange) {
		if (!exchange.hasBegun()) {
			this.pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
		}
	}

	private static @Nullable CheckedConnection connection(ConnectionEndpoint endpoint) {
		return (endpoint instanceof ConnectionHolder holder && holder.get() instanceof CheckedConnection connection
				&& connection.isOpen()) ? connection : null;
	}

	@Override
	public void connect(ConnectionEndpoint endpoint, @Nullable TimeValue timeout, HttpContext context)
			throws IOException {
		this.pool.connect(endpoint, timeout, context);
	}

	@Override
	public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
		this.pool.upgrade(endpoint, context);
	}

	/**
	 * Whether a call has ended in an {@link Error}, after which Apache's client is not to
	 * be trusted.
	 * @return whether another client has to take its place
	 */
	boolean isRetired() {
		return this.retired;
	}

	/**
	 * Closes the pool, or retires if Apache's client wants it closed amid a call: it does
	 * so for an {@link Error}, and would tear off the calls of others.
	 */
	@Override
	public void close(CloseMode mode) {
		if (HttpExchange.current() == null) {
			this.pool.close(mode);
			return;
		}
		this.retired = true;
		this.pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
	}

	@Override
	public void close() throws IOException {
		this.pool.close();
	}

}
