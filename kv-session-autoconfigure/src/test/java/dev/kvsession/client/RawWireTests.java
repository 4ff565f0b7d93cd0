package dev.kvsession.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only shows without an HTTP server's help: raw URLs and answers that are no HTTP.
 */
@EachClient
class RawWireTests {

	@Parameter
	ClientKind kind;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private RestClientTransport transport;

	@AfterEach
	void close() {
		this.transport.close();
		this.scheduler.close();
	}

	@DisplayName("P8 a key reaches the wire as one path segment, whatever it holds")
	@ParameterizedTest
	@MethodSource("dev.kvsession.client.KeySamples#encoded")
	void sendsKeysExactlyAsEncoded(String key, String encoded) throws IOException {
		try (RawServer server = RawServer.answering(RawServer.http("200 OK", ScriptedTransport.OK))) {
			RestKvClient client = client(TestConnections.at(server.port()));
			String path = "/client/v4" + TestConnections.NAMESPACE_PATH + "/values/" + encoded;
			assertThat(client.delete(key).toCompletableFuture()).succeedsWithin(TIMEOUT);
			assertThat(client.put(new KvPair(key, "v", Duration.ofHours(1))).toCompletableFuture())
				.succeedsWithin(TIMEOUT);
			assertThat(server.requestLines()).containsExactly("DELETE " + path + " HTTP/1.1",
					"PUT " + path + "?expiration_ttl=3600 HTTP/1.1");
		}
	}

	@DisplayName("P12 an answer that echoes the request does not get into an exception")
	@ParameterizedTest
	@ValueSource(strings = { "$REQUEST\r\n\r\n", "HTTP/1.1 $REQUEST\r\n\r\n", "HTTP/1.1 200 OK\r\n$REQUEST",
			"HTTP/1.1 200 OK\r\n$REQUEST: $REQUEST\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: $REQUEST\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n$REQUEST\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n$REQUEST", "HTTP/1.1 200 OK\r\n", "" })
	void aNonsensicalAnswerLeavesAWriteUnknown(String answer) throws IOException {
		try (RawServer server = RawServer.answering(answer)) {
			RestKvClient client = client(TestConnections.at(server.port()));
			Failed.failure(client.put(ErrorTable.pair()), KvUnknownOutcomeException.class);
			Failed.failure(client.get(TestConnections.KEY), KvUnavailableException.class);
			assertThat(server.requestLines().stream().distinct()).satisfiesExactly(
					(put) -> assertThat(put).contains("session%3AS3cretId"),
					(read) -> assertThat(read).contains("/bulk/get"));
		}
	}

	@Test
	void nobodyListensMeansNeverSent() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = closed.getLocalPort();
		}
		RestKvClient client = client(TestConnections.at(port));
		Failed.failure(client.put(ErrorTable.pair()), KvUnavailableException.class);
	}

	@Test
	void anUnknownHostMeansNeverSent() {
		KvConnection connection = new KvConnection(URI.create("http://kv.invalid"), TestConnections.ACCOUNT,
				TestConnections.NAMESPACE, TestConnections.TOKEN);
		assertThat(Failed.failure(client(connection).put(ErrorTable.pair()), KvUnavailableException.class))
			.hasMessageContaining("cloudflare.kv.base-url");
	}

	private RestKvClient client(KvConnection connection) {
		this.transport = this.kind.create(connection, TIMEOUT, TIMEOUT, this.scheduler,
				TransportLimits.DEFAULT.withDeadline(TIMEOUT.multipliedBy(3)));
		return new RestKvClient(connection, this.transport, InstantSource.system());
	}

}
