package dev.kvsession.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends one call does not end those after it.
 */
@EachClient
class BrokenHttpClientTests {

	@Parameter
	ClientKind kind;

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final String FINE = "HTTP/1.1 204 No Content\r\n\r\n";

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private RestClientTransport transport;

	@AfterEach
	void close() {
		if (this.transport != null) {
			this.transport.close();
		}
		this.scheduler.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX-Long: ", "HTTP/1.1 200 OK\r\nX-Long",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Long: " })
	@DisplayName("P11 a line without end costs one call and little memory")
	void aLineWithoutEnd(String begun) throws Exception {
		useAfter(begun, "x".repeat(1024));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n" })
	@DisplayName("P11 headers without end cost one call and little memory")
	void headersWithoutEnd(String begun) throws Exception {
		useAfter(begun, "X-Header: x\r\n");
	}

	@Test
	@DisplayName("P11 the end of the JDK's selector thread costs three calls: the HTTP client is replaced")
	void theSelectorThreadEnds() throws Exception {
		Assumptions.assumeTrue(this.kind == ClientKind.JDK);
		Set<Thread> before = selectors();
		try (ConnectionServer server = new ConnectionServer((number, output) -> write(output, FINE))) {
			useBriefly(server);
			assertThat(exchange()).succeedsWithin(LONG);
			for (Thread thread : selectorsBut(before)) {
				thread.interrupt();
				thread.join();
			}
			for (int i = 0; i < 3 && selectorsBut(before).isEmpty(); i++) {
				exchange().handle((response, failure) -> true).get();
			}
			assertThat(exchange()).succeedsWithin(LONG);
		}
	}

	@Test
	@DisplayName("P11 calls that fail or time out cost the JDK's client no thread, and a closed client's ends")
	void selectorThreads() throws Exception {
		Assumptions.assumeTrue(this.kind == ClientKind.JDK);
		Set<Thread> before = selectors();
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number % 2 == 0) {
				write(output, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
				output.close();
			}
		})) {
			useBriefly(server);
			for (int i = 0; i < 12; i++) {
				exchange().handle((response, failure) -> true).get();
			}
			server.awaitHangUp();
			assertThat(selectorsBut(before)).hasSizeLessThanOrEqualTo(2);
			this.transport.close();
			long end = System.nanoTime() + LONG.toNanos();
			for (Thread thread : selectorsBut(before)) {
				while (thread.isAlive() && System.nanoTime() < end) {
					System.gc();
					thread.join(50);
				}
			}
			assertThat(selectorsBut(before)).isEmpty();
		}
	}

	@Test
	@DisplayName("P11 calls that end with the application do not count as silence: no client is called broken")
	void anEndDuringCalls() throws Exception {
		Set<Thread> before = threads((name) -> name.startsWith("kv-http-"));
		CountDownLatch over = new CountDownLatch(1);
		try (ConnectionServer server = new ConnectionServer((number, output) -> await(over));
				CapturedLog log = CapturedLog.ofLibrary()) {
			use(server, 4);
			List<CompletableFuture<KvResponse>> calls = IntStream.range(0, 4).mapToObj((i) -> exchange()).toList();
			while (server.requests() < 4) {
				Thread.onSpinWait();
			}
			this.transport.close();
			calls.forEach((call) -> Failed.failure(call, KvUnknownOutcomeException.class));
			for (Thread thread : threads((name) -> name.matches("kv-http-\\d+"))) {
				if (!before.contains(thread)) {
					thread.join(LONG.toMillis());
				}
			}
			assertThat(log.lines()).isEmpty();
		}
		finally {
			over.countDown();
		}
	}

	private static Set<Thread> selectors() {
		return threads((name) -> name.endsWith("SelectorManager"));
	}

	private static Set<Thread> threads(Predicate<String> named) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> named.test(thread.getName()))
			.collect(Collectors.toSet());
	}

	private static Set<Thread> selectorsBut(Set<Thread> before) {
		Set<Thread> selectors = selectors();
		selectors.removeAll(before);
		return selectors;
	}

	private void useBriefly(ConnectionServer server) {
		this.transport = this.kind.create(TestConnections.at(server.port()), LONG, Duration.ofMillis(300),
				this.scheduler, new TransportLimits(1, 16, LONG, 1_000_000));
	}

	@Test
	@DisplayName("P11 an Error within a call costs that call alone: the HTTP client is replaced, and the log says so")
	void anErrorWithinACall() throws Exception {
		Assumptions.assumeTrue(this.kind == ClientKind.APACHE);
		CountDownLatch answer = new CountDownLatch(1);
		try (ConnectionServer server = new ConnectionServer((number, stream) -> {
			if (number == 1) {
				await(answer);
			}
			write(stream, FINE);
		}); ErrorsInCalls errors = new ErrorsInCalls()) {
			use(server, 8);
			CompletableFuture<KvResponse> besides = exchange();
			errors.untilRequests(server, 1);
			for (int i = 1; i <= 3; i++) {
				errors.next(new OutOfMemoryError("Java heap space " + TestConnections.TOKEN));
				assertThat(Failed.failure(exchange(), KvUnknownOutcomeException.class))
					.hasMessageContaining("OutOfMemoryError")
					.hasMessageNotContaining(TestConnections.TOKEN);
				assertThat(exchange()).succeedsWithin(LONG);
			}
			answer.countDown();
			assertThat(besides).succeedsWithin(LONG);
			for (int i = 0; i < 300; i++) {
				errors.next(new StackOverflowError());
				Failed.failure(exchange(), KvUnknownOutcomeException.class);
			}
			assertThat(exchange()).succeedsWithin(LONG);
			this.transport.close();
			assertThat(Failed.failure(exchange(), KvUnavailableException.class)).hasMessageContaining("stopping");
			assertThat(errors.log()).anySatisfy((line) -> assertThat(line).contains("A call to KV ended in an Error"));
		}
	}

	private void useAfter(String begun, String repeated) throws Exception {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number > 1) {
				write(output, FINE);
				return;
			}
			write(output, begun);
			while (true) {
				write(output, repeated);
			}
		})) {
			use(server, 1);
			// The JDK's client takes what follows the last chunk for no part of the
			// answer.
			if (this.kind == ClientKind.APACHE || !begun.contains("\r\n0\r\n")) {
				Failed.failure(exchange(), KvUnknownOutcomeException.class);
				// The JDK's client leaves a connection open whose headers it refuses.
				if (this.kind == ClientKind.APACHE || begun.contains("chunked")) {
					server.awaitHangUp();
				}
			}
			assertThat(exchange()).succeedsWithin(LONG);
		}
	}

	private void use(ConnectionServer server, int threads) {
		this.transport = this.kind.create(TestConnections.at(server.port()), LONG, Duration.ofMinutes(5),
				this.scheduler, new TransportLimits(threads, 16, Duration.ofMinutes(5), 1_000_000));
	}

	private CompletableFuture<KvResponse> exchange() {
		return this.transport.exchange(new KvRequest("PUT", "/values/session%3AS3cretId", null, null))
			.toCompletableFuture();
	}

	private static void write(OutputStream output, String text) throws IOException {
		output.write(text.getBytes(StandardCharsets.US_ASCII));
		output.flush();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
