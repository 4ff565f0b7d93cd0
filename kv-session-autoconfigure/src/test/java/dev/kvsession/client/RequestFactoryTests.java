package dev.kvsession.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an HTTP client must do, and what it must leave undone.
 */
@EachClient
class RequestFactoryTests {

	@Parameter
	ClientKind kind;

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(300);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private RestClientTransport transport;

	@AfterEach
	void close() {
		this.transport.close();
		this.scheduler.close();
	}

	@Test
	void callsShareAConnectionUntilTheTransportIsClosed() throws Exception {
		try (ConnectionServer server = new ConnectionServer((number, output) -> write(output, "204 No Content", ""))) {
			use(server, LONG);
			for (String method : new String[] { "GET", "PUT", "POST", "DELETE" }) {
				assertThat(this.transport.exchange(request(method)).toCompletableFuture()).succeedsWithin(LONG);
			}
			assertThat(server.connections()).isEqualTo(1);
			this.transport.close();
			// The JDK's client closes idle connections itself, later.
			if (this.kind == ClientKind.APACHE) {
				server.awaitHangUp();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "POST", "DELETE" })
	void aCallIsSentOnceEvenIfItsConnectionBreaks(String method) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number == 1) {
				write(output, "204 No Content", "");
			}
			else {
				output.close();
			}
		})) {
			use(server, LONG);
			assertThat(this.transport.exchange(request(method)).toCompletableFuture()).succeedsWithin(LONG);
			Failed.failure(this.transport.exchange(request(method)), KvUnknownOutcomeException.class);
			assertThat(server.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123" })
	void aServerThatFallsSilentFreesTheThreadAtTheReadTimeout(String begun) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number > 1) {
				write(output, "204 No Content", "");
				return;
			}
			output.write(begun.getBytes(StandardCharsets.US_ASCII));
			output.flush();
		})) {
			use(server, SHORT);
			endsAndFreesTheThread();
		}
	}

	@Test
	void drippingHeadersFreeTheThreadAtTheReadTimeout() throws IOException {
		CountDownLatch over = new CountDownLatch(1);
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number > 1) {
				write(output, "204 No Content", "");
				return;
			}
			output.write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
			drip(output, over);
		})) {
			use(server, SHORT);
			endsAndFreesTheThread();
		}
		finally {
			over.countDown();
		}
	}

	@Test
	void anAnswerWithoutMarkedEndIsNoAnswer() throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			output.write("HTTP/1.1 200 OK\r\n\r\ncut sho".getBytes(StandardCharsets.US_ASCII));
			output.close();
		})) {
			use(server, LONG);
			Failed.failure(this.transport.exchange(request("GET")), KvUnknownOutcomeException.class);
		}
	}

	private void endsAndFreesTheThread() {
		assertThat(Failed.failure(this.transport.exchange(request("PUT")), KvUnknownOutcomeException.class))
			.hasMessageContaining("300 ms");
		assertThat(this.transport.exchange(request("PUT")).toCompletableFuture()).succeedsWithin(LONG);
	}

	private void use(ConnectionServer server, Duration readTimeout) {
		this.transport = this.kind.create(TestConnections.at(server.port()), LONG, readTimeout, this.scheduler,
				new TransportLimits(1, 16, LONG, 1_000_000));
	}

	private static KvRequest request(String method) {
		return new KvRequest(method, "/values/session%3AS3cretId", null, null);
	}

	private static void write(OutputStream output, String status, String body) throws IOException {
		output.write(("HTTP/1.1 " + status + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
		output.flush();
	}

	private static void drip(OutputStream output, CountDownLatch over) throws IOException {
		try {
			while (!over.await(50, TimeUnit.MILLISECONDS)) {
				output.write('x');
				output.flush();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
