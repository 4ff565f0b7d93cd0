package dev.kvsession.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The other side closes a connection, which servers may do with any that is idle.
 */
class ClosedConnectionTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final byte[] LARGE = "x".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private RestClientTransport transport;

	@AfterEach
	void close() {
		this.transport.close();
		this.scheduler.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "POST", "DELETE" })
	@DisplayName("P11 a request whose used connection is closed with nothing answered is repeated at once on a new one")
	void onAUsedConnection(String method) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number == 2) {
				output.close();
			}
			else {
				write(output, "HTTP/1.1 204 No Content\r\n\r\n");
			}
		})) {
			use(server);
			assertThat(exchange(method, null)).succeedsWithin(LONG);
			assertThat(exchange(method, null)).succeedsWithin(LONG);
			assertThat(server.requests()).isEqualTo(3);
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "POST", "DELETE" })
	@DisplayName("P11 so is one on its first connection, but only once")
	void onAFreshConnection(String method) throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number == 1 || number > 2) {
				output.close();
			}
			else {
				write(output, "HTTP/1.1 204 No Content\r\n\r\n");
			}
		})) {
			use(server);
			assertThat(exchange(method, null)).succeedsWithin(LONG);
			Failed.failure(exchange(method, null), KvUnknownOutcomeException.class);
			assertThat(server.requests()).isEqualTo(4);
		}
	}

	@Test
	@DisplayName("P11 a large write to a connection that was closed meanwhile is repeated at once, whatever fails first")
	void largeWrite() throws IOException {
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			write(output, "HTTP/1.1 204 No Content\r\n\r\n");
			if (number == 1) {
				output.close();
			}
		})) {
			use(server);
			assertThat(exchange("PUT", null)).succeedsWithin(LONG);
			assertThat(exchange("PUT", LARGE)).succeedsWithin(LONG);
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
			this.transport = RestClientTransport.create(TestConnections.at(server.port()), LONG, Duration.ofMillis(300),
					this.scheduler, new TransportLimits(1, 16, LONG, 1_000_000));
			Failed.failure(exchange("PUT", null), KvUnknownOutcomeException.class);
			assertThat(server.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.ErrorTable#calls")
	@DisplayName("P8 what the repetition is answered is told, and that a write may have happened before")
	void refusedRepetition(Function<RestKvClient, CompletionStage<?>> call) throws IOException {
		String refusal = ScriptedTransport.error(10000, "Authentication error");
		try (ConnectionServer server = new ConnectionServer((number, output) -> {
			if (number == 1) {
				output.close();
			}
			else {
				write(output, "HTTP/1.1 403 Forbidden\r\nContent-Length: " + refusal.length() + "\r\n\r\n" + refusal);
			}
		})) {
			use(server);
			RestKvClient client = new RestKvClient(TestConnections.at(server.port()), this.transport,
					InstantSource.system());
			Throwable failure = Failed.failure(call.apply(client));
			assertThat(failure).hasMessageContaining("code 10000");
			if (failure instanceof KvUnknownOutcomeException) {
				assertThat(failure).hasCauseInstanceOf(KvAuthorizationException.class);
			}
			else {
				assertThat(failure).isInstanceOf(KvAuthorizationException.class);
			}
		}
	}

	private void use(ConnectionServer server) {
		this.transport = RestClientTransport.create(TestConnections.at(server.port()), LONG, LONG, this.scheduler,
				new TransportLimits(1, 16, LONG, 1_000_000));
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

}
