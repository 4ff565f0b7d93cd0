package dev.kvsession.client.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.CustomizableThreadCreator;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.support.Stages;

/**
 * Carries calls by Spring's {@link RestClient} on a small pool of daemon threads, with
 * the API token as Bearer header. Each call has an overall deadline, so that neither a
 * silent nor a dripping server can hold it. Safe for concurrent use.
 */
public final class RestClientTransport implements KvTransport, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RestClientTransport.class);

	/** How long an idle thread stays. */
	private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

	/**
	 * Of Apache's client. Final before 5.6, which Boot 4.0 does not have; then our
	 * checked connections cannot extend it.
	 */
	private static final String APACHE = "org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection";

	private static final int BUFFER_BYTES = 16 * 1024;

	private final KvConnection connection;

	private final Supplier<RestClient> client;

	private final KvScheduler scheduler;

	private final TransportLimits limits;

	private final ThreadPoolExecutor executor;

	private final AutoCloseable owned;

	private final RepeatedAnswers repeated = new RepeatedAnswers();

	private final Set<HttpExchange> unanswered = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a transport on another HTTP client than {@link #create}'s.
	 * @param connection where to send and the token
	 * @param builder builds the HTTP client. Its request factory must have time-outs
	 * (past a deadline, the read time-out is what frees a thread at the latest), and must
	 * not follow redirects, which would hand the token to another host. Unlike those of
	 * {@link #create}, its connections are not checked for answers that are out of step
	 * with requests: a read detects them by its keys, a write does not. Its observations
	 * are switched off: they would record URLs, hence keys
	 * @param scheduler watches deadlines
	 * @param limits the bounds
	 */
	public RestClientTransport(KvConnection connection, RestClient.Builder builder, KvScheduler scheduler,
			TransportLimits limits) {
		this(connection, builder, scheduler, limits, () -> {
		});
	}

	private RestClientTransport(KvConnection connection, RestClient.Builder builder, KvScheduler scheduler,
			TransportLimits limits, AutoCloseable owned) {
		this.owned = owned;
		Assert.notNull(connection, "'connection' must not be null");
		this.connection = connection;
		RestClient.Builder own = builder.clone().observationRegistry(ObservationRegistry.NOOP);
		// At the first call: it loads classes for which an application's start need not
		// wait.
		this.client = SingletonSupplier.of(own::build);
		this.scheduler = scheduler;
		this.limits = limits;
		this.executor = new ThreadPoolExecutor(limits.threads(), limits.threads(), KEEP_ALIVE.toSeconds(),
				TimeUnit.SECONDS, new ArrayBlockingQueue<>(limits.queue()), daemons("kv-http-"));
		this.executor.allowCoreThreadTimeOut(true);
	}

	static ThreadFactory daemons(String prefix) {
		CustomizableThreadCreator threads = new CustomizableThreadCreator(prefix);
		threads.setDaemon(true);
		return threads::createThread;
	}

	/**
	 * Creates a transport on Apache's HTTP client if the application has version 5.6 or
	 * newer of it, and on the JDK's otherwise. Neither repeats requests nor follows
	 * redirects. Connects at the first call.
	 * @param connection where to send and the token
	 * @param connectTimeout the longest wait for a connection
	 * @param readTimeout the longest time from sending to the end of the answer
	 * @param scheduler watches time-outs and deadlines
	 * @param limits the bounds
	 * @return the transport
	 */
	public static RestClientTransport create(KvConnection connection, Duration connectTimeout, Duration readTimeout,
			KvScheduler scheduler, TransportLimits limits) {
		if (isApacheUsable(RestClientTransport.class.getClassLoader())) {
			return create(new ApacheRequestFactory(connectTimeout, readTimeout, scheduler), connection, scheduler,
					limits);
		}
		return create(new JdkRequestFactory(connectTimeout, readTimeout, scheduler, limits), connection, scheduler,
				limits);
	}

	private static boolean isApacheUsable(@Nullable ClassLoader loader) {
		return ClassUtils.isPresent(APACHE, loader)
				&& !Modifier.isFinal(ClassUtils.resolveClassName(APACHE, loader).getModifiers());
	}

	static <F extends ClientHttpRequestFactory & Closeable> RestClientTransport create(F factory,
			KvConnection connection, KvScheduler scheduler, TransportLimits limits) {
		return new RestClientTransport(connection, RestClient.builder().requestFactory(factory), scheduler, limits,
				factory);
	}

	@Override
	public CompletionStage<KvResponse> exchange(KvRequest request) {
		return exchange(request, Function.identity());
	}

	@Override
	public <T> CompletionStage<T> exchange(KvRequest request, Function<KvResponse, T> reader) {
		CompletableFuture<T> read = new CompletableFuture<>();
		HttpExchange exchange = new HttpExchange(request, this::send, (answer) -> accept(answer, reader, read),
				this.scheduler);
		start(exchange);
		return Stages.unwrapped(exchange.result().thenCompose((response) -> read));
	}

	private void start(HttpExchange exchange) {
		this.unanswered.add(exchange);
		exchange.result().whenComplete((response, failure) -> this.unanswered.remove(exchange));
		try {
			this.executor.execute(exchange);
			Future<?> deadline = this.scheduler.schedule(() -> expire(exchange), this.limits.deadline());
			exchange.result().whenComplete((response, failure) -> deadline.cancel(false));
		}
		catch (RejectedExecutionException ex) {
			exchange.abandon(this.executor.isShutdown() ? "the application is stopping"
					: "all connections are busy and " + this.limits.queue() + " calls wait already");
		}
		catch (Error ex) {
			// No thread could be started. Nothing else ends the exchange.
			this.unanswered.remove(exchange);
			throw ex;
		}
	}

	private void expire(HttpExchange exchange) {
		this.executor.remove(exchange);
		exchange.abandon("there was no complete answer within " + this.limits.deadline().toMillis() + " ms");
	}

	private <T> boolean accept(KvResponse answer, Function<KvResponse, T> reader, CompletableFuture<T> read) {
		try {
			this.repeated.check(answer);
			return read.complete(reader.apply(answer));
		}
		catch (RuntimeException | Error ex) {
			read.completeExceptionally(ex);
			return false;
		}
	}

	private KvResponse send(HttpExchange exchange) {
		KvRequest request = exchange.request();
		RestClient.RequestBodySpec spec = this.client.get()
			.method(HttpMethod.valueOf(request.method()))
			.uri(URI.create(this.connection.baseUrl() + request.path()))
			.headers((headers) -> headers.setBearerAuth(this.connection.apiToken()));
		byte[] body = request.body();
		if (body != null) {
			spec = spec.contentLength(body.length).body((output) -> output.write(body));
		}
		if (request.contentType() != null) {
			spec = spec.contentType(MediaType.parseMediaType(request.contentType()));
		}
		KvResponse answer = spec.exchangeForRequiredValue((sent, response) -> read(exchange, response));
		exchange.accepts(answer);
		return answer;
	}

	private KvResponse read(HttpExchange exchange, ClientHttpResponse response) throws IOException {
		InputStream body = response.getBody();
		try {
			return answer(response.getStatusCode().value(), response.getHeaders(), readBody(exchange, body));
		}
		catch (IOException | RuntimeException ex) {
			// Or else closing the response would read the rest first, however long it is.
			exchange.breakOff();
			body.close();
			throw ex;
		}
	}

	/**
	 * Makes an answer of what has arrived.
	 * @param status the status
	 * @param headers the headers
	 * @param body the whole body
	 * @return the answer
	 */
	static KvResponse answer(int status, HttpHeaders headers, byte[] body) {
		Map<String, String> first = new HashMap<>();
		headers.toSingleValueMap().forEach((name, value) -> first.put(name.toLowerCase(Locale.ROOT), value));
		return new KvResponse(status, first, body);
	}

	private byte[] readBody(HttpExchange exchange, InputStream body) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		byte[] buffer = new byte[BUFFER_BYTES];
		for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
			bytes.write(buffer, 0, read);
			if (bytes.size() > this.limits.maxResponseBytes()) {
				throw this.limits.exceeded();
			}
			if (exchange.isAbandoned()) {
				throw new IOException("abandoned");
			}
		}
		return bytes.toByteArray();
	}

	/**
	 * Ends all calls: those that wait fail as not sent, those under way with an unknown
	 * outcome.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
		this.unanswered.forEach((exchange) -> exchange.abandon("the application is stopping"));
		try {
			this.owned.close();
		}
		catch (Exception ex) {
			logger.debug("Connections to KV could not be closed in order", ex);
		}
	}

}
