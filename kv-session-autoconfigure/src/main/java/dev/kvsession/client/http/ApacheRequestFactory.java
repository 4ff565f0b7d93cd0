package dev.kvsession.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.support.RepeatedWarning;

/**
 * Apache's HTTP client, stripped to what a call to KV needs: no repetition of its own, no
 * redirects, cookies or inflating. Its I/O blocks the calling thread, which costs least
 * CPU, and so each call of an {@link HttpExchange} is told how to be torn off. Its
 * connections are {@linkplain CheckedConnections checked}. Set up at first use, and anew
 * after a call that ended in an {@link Error}. Safe for concurrent use.
 */
final class ApacheRequestFactory implements ClientHttpRequestFactory, Closeable {

	private static final Logger logger = LoggerFactory.getLogger(ApacheRequestFactory.class);

	/** More connections than a transport has threads. */
	private static final int MAX_CONNECTIONS = 256;

	private final Duration connectTimeout;

	private final Duration readTimeout;

	private final AtomicInteger opened = new AtomicInteger();

	private final RepeatedWarning replaced;

	private volatile @Nullable Delegate delegate;

	private boolean closed;

	ApacheRequestFactory(Duration connectTimeout, Duration readTimeout, KvScheduler scheduler) {
		this.replaced = new RepeatedWarning(logger, scheduler::schedule, "HTTP clients replaced");
		this.connectTimeout = connectTimeout;
		this.readTimeout = readTimeout;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		Delegate current = this.delegate;
		return ((current != null && !current.connections.isRetired()) ? current : start()).createRequest(uri, method);
	}

	private synchronized Delegate start() throws IOException {
		if (this.closed) {
			throw new IOException("The HTTP client is closed");
		}
		Delegate current = this.delegate;
		if (current == null || current.connections.isRetired()) {
			if (current != null) {
				this.replaced.warn("Error",
						"A call to KV ended in an Error, which has broken the HTTP client. Calls go on with a new client "
								+ "and new connections. See what else the application reports, and its memory");
			}
			CheckedConnections connections = new CheckedConnections(pool());
			current = new Delegate(client(connections, this.readTimeout), connections, this.readTimeout);
			this.delegate = current;
		}
		return current;
	}

	private static CloseableHttpClient client(CheckedConnections connections, Duration readTimeout) {
		RequestConfig requests = RequestConfig.custom()
			.setResponseTimeout(readTimeout.toNanos(), TimeUnit.NANOSECONDS)
			.setProtocolUpgradeEnabled(false)
			.build();
		return HttpClientBuilder.create()
			.setConnectionManager(connections)
			.setDefaultRequestConfig(requests)
			.setProxySelector(ProxySelector.getDefault())
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			// An inflater reads on by itself, past a deadline, until it has something to
			// give.
			.disableContentCompression()
			.addResponseInterceptorFirst(ApacheRequestFactory::refuseUnmarkedEnd)
			.build();
	}

	/*
	 * An answer that ends where the connection does cannot be told from one that was cut
	 * short, and Apache's client takes even headers cut short for whole ones.
	 */
	private static void refuseUnmarkedEnd(HttpResponse response, @Nullable EntityDetails body, HttpContext context)
			throws ProtocolException {
		if (body != null && body.getContentLength() < 0 && !body.isChunked()) {
			throw new ProtocolException("The answer has neither a length nor chunks");
		}
	}

	private PoolingHttpClientConnectionManager pool() {
		return PoolingHttpClientConnectionManagerBuilder.create()
			.setConnectionFactory((socket) -> new CheckedConnection("kv-connection-" + this.opened.incrementAndGet()))
			.setTlsSocketStrategy(DefaultClientTlsStrategy.createSystemDefault())
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(this.connectTimeout.toNanos(), TimeUnit.NANOSECONDS)
				.build())
			.setMaxConnPerRoute(MAX_CONNECTIONS)
			.setMaxConnTotal(MAX_CONNECTIONS)
			.build();
	}

	@Override
	public synchronized void close() throws IOException {
		this.closed = true;
		Delegate current = this.delegate;
		if (current != null) {
			current.client.close();
		}
	}

	/**
	 * Spring's factory, which hands each request to the exchange it is made for.
	 */
	private static final class Delegate extends HttpComponentsClientHttpRequestFactory {

		/** What Apache's client may know and log of a path. */
		private static final String SHOWN_PATH = "/kv";

		private final CloseableHttpClient client;

		private final CheckedConnections connections;

		private final Duration readTimeout;

		Delegate(CloseableHttpClient client, CheckedConnections connections, Duration readTimeout) {
			super(client);
			this.client = client;
			this.connections = connections;
			this.readTimeout = readTimeout;
		}

		@Override
		protected ClassicHttpRequest createHttpUriRequest(HttpMethod method, URI uri) {
			HttpExchange exchange = HttpExchange.current();
			if (exchange == null) {
				return super.createHttpUriRequest(method, uri);
			}
			exchange.hidePath(uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : ""));
			return super.createHttpUriRequest(method, uri.resolve(SHOWN_PATH));
		}

		@Override
		protected void postProcessHttpRequest(ClassicHttpRequest request) {
			HttpExchange exchange = HttpExchange.current();
			if (exchange != null && request instanceof HttpUriRequestBase abortable) {
				exchange.sending(abortable::abort, this.readTimeout);
			}
		}

	}

}
