package dev.kvsession.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The other side closes a connection, which servers may do with any that is idle.
 */
@EachClient
class ClosedConnectionTests {

	@Parameter
	ClientKind kind;

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration A_MOMENT = Duration.ofMillis(100);

	private static final String VALUES = "{\"values\":{\"a\":null}}";

	private static final String LARGE = "x".repeat(2_000_000);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private RestClientTransport transport;

	@AfterEach
	void close() {
		this.transport.close();
		this.scheduler.close();
	}

	@ParameterizedTest
	@MethodSource("calls")
	@DisplayName("P11 a call whose used connection is closed with nothing answered is repeated at once, on a new one")
	void onAUsedConnection(Call call) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number == 2) {
				output.close();
			}
			else {
				write(output, answer(call.result()));
			}
		})) {
			KvEngine engine = engine(server, KvBudget.UNLIMITED);
			assertThat(call.of(engine, "a")).succeedsWithin(LONG);
			assertThat(call.of(engine, "b")).succeedsWithin(LONG);
			assertThat(server.requests()).isEqualTo(3);
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@MethodSource("calls")
	@DisplayName("P11 so is one on its first connection; P10 and the repetition is a call of the budget")
	void onAFreshConnection(Call call) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number % 2 == 1) {
				output.close();
			}
			else {
				write(output, answer(call.result()));
			}
		})) {
			KvEngine engine = engine(server, new KvBudget(1_000, Duration.ofHours(1)));
			int before = engine.status().budgetLeft();
			assertThat(call.of(engine, "a")).succeedsWithin(LONG);
			assertThat(call.of(engine, "b")).succeedsWithin(LONG);
			assertThat(server.requests()).isEqualTo(4);
			assertThat(before - engine.status().budgetLeft()).isEqualTo(4);
		}
	}

	@Test
	@DisplayName("P11 connections that were closed while they were idle say nothing of KV")
	void manyClosedConnections() throws IOException {
		AtomicBoolean closing = new AtomicBoolean();
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (closing.get() && number % 2 == 0) {
				output.close();
			}
			else {
				write(output, answer(VALUES));
			}
		})) {
			KvEngine engine = engine(server, KvBudget.UNLIMITED);
			assertThat(engine.getAll(List.of("a"), KvCallClass.READ)).succeedsWithin(LONG);
			closing.set(true);
			for (int i = 0; i < 30; i++) {
				assertThat(engine.getAll(List.of("a"), KvCallClass.READ)).succeedsWithin(LONG);
			}
			assertThat(engine.status().circuit()).isEqualTo(KvEngineStatus.Circuit.CLOSED);
		}
	}

	@Test
	@DisplayName("P11 who closes one idle connection has closed the others: the repetition uses none of them")
	void severalIdleConnections() throws Exception {
		CountDownLatch both = new CountDownLatch(2);
		AtomicReference<ConnectionServer> started = new AtomicReference<>();
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			both.countDown();
			awaitUninterruptibly(both);
			if (number > 2 && started.get().connections() == 2) {
				output.close();
			}
			else {
				write(output, answer((number <= 2) ? "null" : VALUES));
			}
		})) {
			started.set(server);
			KvEngine engine = engine(server, KvBudget.UNLIMITED);
			CompletableFuture<?> put = engine.put(new KvPair("a", "value", null, null), KvCallClass.LOGIN);
			CompletableFuture<?> delete = engine.delete("b", KvCallClass.LOGIN);
			assertThat(put).succeedsWithin(LONG);
			assertThat(delete).succeedsWithin(LONG);
			assertThat(server.connections()).isEqualTo(2);
			assertThat(engine.getAll(List.of("a"), KvCallClass.READ)).succeedsWithin(LONG);
			assertThat(server.connections()).isEqualTo(3);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	@DisplayName("P11 a large write to a connection that was closed meanwhile is repeated at once, whatever fails first")
	void largeWrite() throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			write(output, answer("null"));
			if (number == 1) {
				output.close();
			}
		})) {
			KvEngine engine = engine(server, KvBudget.UNLIMITED);
			assertThat(engine.put(new KvPair("key", "x", null, null), KvCallClass.LOGIN)).succeedsWithin(LONG);
			assertThat(engine.put(new KvPair("key2", LARGE, null, null), KvCallClass.LOGIN)).succeedsWithin(LONG);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "H", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123" })
	@DisplayName("P6 a request of which something was answered is not repeated at once")
	void begunAnswersAreNotRepeated(String begun) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			write(output, begun);
			output.close();
		})) {
			use(server);
			Failed.failure(exchange("PUT", null), KvUnknownOutcomeException.class);
			assertThat(server.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("P6 a request that is not answered in time is not repeated at once")
	void timeOutsAreNotRepeated() throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
		})) {
			this.transport = this.kind.create(TestConnections.at(server.port()), LONG, Duration.ofMillis(300),
					this.scheduler, new TransportLimits(1, 16, LONG, 1_000_000));
			Failed.failure(exchange("PUT", null), KvUnknownOutcomeException.class);
			assertThat(server.requests()).isEqualTo(1);
		}
	}

	static Stream<Call> calls() {
		return Stream.of(new Call("read", VALUES, (engine, key) -> engine.getAll(List.of("a"), KvCallClass.READ)),
				new Call("write", "null",
						(engine, key) -> engine.put(new KvPair(key, "value", null, null), KvCallClass.LOGIN)),
				new Call("delete", "null", (engine, key) -> engine.delete(key, KvCallClass.LOGIN)));
	}

	/*
	 * Nothing that has to wait is ever done, so what succeeds was done at once.
	 */
	private KvEngine engine(ConnectionServer server, KvBudget budget) {
		use(server);
		KvScheduler hasty = (task, delay) -> (delay.compareTo(A_MOMENT) < 0) ? this.scheduler.schedule(task, delay)
				: new CompletableFuture<>();
		RestKvClient client = new RestKvClient(TestConnections.at(server.port()), this.transport,
				InstantSource.system());
		return new KvEngine(client, budget, KvRuntime.system(hasty), KvCallObserver.NOOP);
	}

	private static String answer(String result) {
		String body = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":" + result + "}";
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCF-Ray: " + System.nanoTime()
				+ "-FRA\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
	}

	private void use(ConnectionServer server) {
		this.transport = this.kind.create(TestConnections.at(server.port()), LONG, LONG, this.scheduler,
				new TransportLimits(2, 16, LONG, 1_000_000));
	}

	private CompletableFuture<KvResponse> exchange(String method, byte[] body) {
		return this.transport
			.exchange(new KvRequest(method, "/values/session%3AS3cretId",
					(body != null) ? "application/octet-stream" : null, body))
			.toCompletableFuture();
	}

	private static void write(OutputStream output, String text) throws IOException {
		output.write(text.getBytes(StandardCharsets.US_ASCII));
		output.flush();
	}

	/**
	 * What is asked of KV.
	 *
	 * @param name what it is
	 * @param result what KV answers
	 * @param function asks
	 */
	record Call(String name, String result, BiFunction<KvEngine, String, CompletableFuture<?>> function) {

		CompletableFuture<?> of(KvEngine engine, String key) {
			return this.function.apply(engine, key);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
