package dev.kvsession.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.UnansweredException;
import dev.kvsession.client.support.RepeatedWarning;

/**
 * The JDK's HTTP client without repetitions and redirects. It speaks HTTP/1.1: over
 * HTTP/2 all calls would share one connection and its end, and a plain connection would
 * begin with an upgrade. A {@link JdkBody} decides whether a connection is used again. A
 * call that times out is cancelled, which closes its connection. Only a client that seems
 * broken, or whose connections do, is replaced, and calls under way keep theirs to their
 * end. Set up at first use. Safe for concurrent use.
 */
final class JdkRequestFactory implements ClientHttpRequestFactory, Closeable {

	private static final Logger logger = LoggerFactory.getLogger(JdkRequestFactory.class);

	/**
	 * Threads that parse answers. Started before the first call: a thread that cannot be
	 * started later would end the client's selector.
	 */
	private static final int THREADS = 2;

	/**
	 * Time-outs in a row without any sign of an answer after which a client seems broken.
	 */
	private static final int SILENT = 3;

	/**
	 * The shortest time between two replacements: before Java 21 a client's thread and
	 * connections stay until it is garbage collected.
	 */
	private static final Duration BETWEEN = Duration.ofSeconds(30);

	/** Headers that the JDK's client sets itself, and refuses. */
	private static final Set<String> OWN_HEADERS = Set.of("content-length", "host", "connection", "expect", "upgrade");

	private static final String NOTHING_RECEIVED = "HTTP/1.1 header parser received no bytes";

	private static final String SELECTOR_ENDED = "selector manager closed";

	private final ClientHttpRequestFactory requests = new InterceptingClientHttpRequestFactory((uri, method) -> {
		throw new IllegalStateException("Only the interceptor sends");
	}, List.of((request, body, next) -> send(request, body)));

	private final AtomicInteger silent = new AtomicInteger();

	private final Duration connectTimeout;

	private final Duration readTimeout;

	private final KvScheduler scheduler;

	private final TransportLimits limits;

	private final RepeatedWarning replaced;

	private final ThreadPoolExecutor executor;

	private @Nullable HttpClient client;

	private boolean replacedLately;

	private boolean closed;

	JdkRequestFactory(Duration connectTimeout, Duration readTimeout, KvScheduler scheduler, TransportLimits limits) {
		this.connectTimeout = connectTimeout;
		this.readTimeout = readTimeout;
		this.scheduler = scheduler;
		this.limits = limits;
		this.replaced = new RepeatedWarning(logger, scheduler::schedule, "HTTP clients replaced");
		this.executor = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				RestClientTransport.daemons("kv-http-answers-"));
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		return this.requests.createRequest(uri, method);
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body) throws IOException {
		HttpExchange exchange = HttpExchange.current();
		Assert.state(exchange != null, "Only exchanges are sent");
		HttpClient used = client();
		try {
			CompletableFuture<HttpResponse<ClientHttpResponse>> answer = used.sendAsync(translated(request, body),
					(info) -> new JdkBody(info, exchange, this.limits));
			exchange.sending(() -> answer.cancel(true), this.readTimeout);
			ClientHttpResponse response = answer.get().body();
			this.silent.set(0);
			return response;
		}
		catch (InterruptedException | CancellationException ex) {
			if (exchange.hasBegun()) {
				this.silent.set(0);
			}
			else if (exchange.hasTimedOut() && this.silent.incrementAndGet() >= SILENT) {
				replaceBroken(used);
			}
			throw new InterruptedIOException("abandoned");
		}
		catch (ExecutionException ex) {
			return ended(ex, exchange, used);
		}
		catch (Error ex) {
			replaceBroken(used);
			throw ex;
		}
	}

	private static java.net.http.HttpRequest translated(HttpRequest request, byte[] body) {
		java.net.http.HttpRequest.Builder translated = java.net.http.HttpRequest.newBuilder(request.getURI())
			.method(request.getMethod().name(), sentOnce(BodyPublishers.ofByteArray(body)));
		request.getHeaders().forEach((name, values) -> {
			if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> translated.header(name, value));
			}
		});
		return translated.build();
	}

	/*
	 * A body that the JDK's client cannot send again: it repeats a GET to which the
	 * connection's end was the answer.
	 */
	private static BodyPublisher sentOnce(BodyPublisher body) {
		AtomicBoolean sent = new AtomicBoolean();
		return new BodyPublisher() {

			@Override
			public long contentLength() {
				if (sent.getAndSet(true)) {
					throw new UncheckedIOException(new UnansweredException(new IOException("closed")));
				}
				return body.contentLength();
			}

			@Override
			public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
				body.subscribe(subscriber);
			}

		};
	}

	private ClientHttpResponse ended(ExecutionException failure, HttpExchange exchange, HttpClient used)
			throws IOException {
		this.silent.set(0);
		boolean received = true;
		boolean malformed = false;
		for (Throwable link = failure; link != null; link = link.getCause()) {
			if (link instanceof JdkBody.LastAnswer answered) {
				if (answered.late) {
					replace(used);
				}
				return answered.response;
			}
			if (link instanceof Error || String.valueOf(link.getMessage()).contains(SELECTOR_ENDED)) {
				replaceBroken(used);
			}
			received &= !(link instanceof UnansweredException) && !NOTHING_RECEIVED.equals(link.getMessage());
			malformed |= link instanceof ProtocolException;
		}
		if (received) {
			exchange.answerBegins();
		}
		if (!received || malformed) {
			// Who closes one idle connection has closed the others, too. Before Java 21,
			// headers that are refused leave theirs open.
			replaceNowAndThen(used);
		}
		throw new IOException(failure);
	}

	private synchronized HttpClient client() throws IOException {
		if (this.closed) {
			throw new IOException("The HTTP client is closed");
		}
		HttpClient current = this.client;
		if (current == null) {
			this.executor.prestartAllCoreThreads();
			current = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.connectTimeout)
				.executor(this.executor)
				.build();
			this.client = current;
		}
		return current;
	}

	private void replaceBroken(HttpClient used) {
		if (replaceNowAndThen(used)) {
			this.replaced.warn("Error or silence",
					"The HTTP client is replaced: a call to KV ended in an Error, or " + SILENT
							+ " in a row got no sign of an answer. Calls go on with new connections. See what else "
							+ "the application reports, its memory, and the network");
		}
	}

	private synchronized boolean replaceNowAndThen(HttpClient used) {
		if (this.client != used || this.replacedLately) {
			return false;
		}
		this.replacedLately = true;
		this.scheduler.schedule(this::mayReplace, BETWEEN);
		replace(used);
		return true;
	}

	private synchronized void mayReplace() {
		this.replacedLately = false;
	}

	private synchronized void replace(HttpClient used) {
		if (this.client == used) {
			this.client = null;
			this.silent.set(0);
			shutDown(used);
		}
	}

	/**
	 * Lets a client end after its last call. Before Java 21 it does so when it is
	 * garbage.
	 */
	private static void shutDown(HttpClient client) {
		Method shutdown = ReflectionUtils.findMethod(HttpClient.class, "shutdown");
		if (shutdown != null) {
			ReflectionUtils.invokeMethod(shutdown, client);
		}
	}

	/** Lets the client and its threads end. */
	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.client != null) {
			replace(this.client);
		}
		this.executor.allowCoreThreadTimeOut(true);
	}

}
