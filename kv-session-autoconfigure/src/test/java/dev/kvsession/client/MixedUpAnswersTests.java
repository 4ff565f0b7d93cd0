package dev.kvsession.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Something between the application and KV sends answers twice, late, or to the wrong
 * request of a connection that is kept.
 */
@EachClient
class MixedUpAnswersTests {

	@Parameter
	ClientKind kind;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int CONNECTIONS = 8;

	private static final byte[] NOBODYS = DisturbedKv.http("200 OK",
			"{\"success\":true,\"result\":{\"values\":{\"session:nobody\":\"value of session:nobody\"}}}");

	/** Each answer at once again. */
	private static final DisturbedKv.Proxy TWICE = (own, previous, output) -> output
		.write(DisturbedKv.joined(own, own));

	/** Each answer again when the next request has come, just before that one's. */
	private static final DisturbedKv.Proxy TWICE_LATE = (own, previous, output) -> output
		.write((previous != null) ? DisturbedKv.joined(previous, own) : own);

	/** Each request gets the answer of the one before. */
	private static final DisturbedKv.Proxy SHIFTED = (own, previous, output) -> output
		.write((previous != null) ? previous : NOBODYS);

	private static final DisturbedKv.Proxy FAITHFUL = (own, previous, output) -> output.write(own);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private SSLContext before;

	private RestClientTransport transport;

	private RestKvClient client;

	@BeforeEach
	void trust() throws Exception {
		this.before = SSLContext.getDefault();
		SSLContext.setDefault(TestTls.context());
	}

	@AfterEach
	void close() {
		SSLContext.setDefault(this.before);
		this.transport.close();
		this.scheduler.close();
	}

	static Stream<Arguments> proxies() {
		DisturbedKv.Proxy apart = (own, previous, output) -> {
			output.write(own);
			output.write(own);
		};
		DisturbedKv.Proxy lateAndApart = (own, previous, output) -> {
			output.write((previous != null) ? previous : own);
			output.write(own);
		};
		return Stream.of(false, true)
			.flatMap((tls) -> Stream.of(FAITHFUL, TWICE, TWICE_LATE, SHIFTED, apart, lateAndApart)
				.map((proxy) -> Arguments.of(tls, proxy)));
	}

	@ParameterizedTest
	@MethodSource("proxies")
	@DisplayName("P8 of sixty sessions on eight connections nobody gets another's, however answers are mixed up")
	void nobodyGetsAnothersValue(boolean tls, DisturbedKv.Proxy proxy) throws IOException {
		try (DisturbedKv kv = new DisturbedKv(tls, proxy)) {
			use(kv, tls, CONNECTIONS);
			for (int round = 0; round < 3; round++) {
				Map<String, CompletionStage<Optional<String>>> reads = new LinkedHashMap<>();
				IntStream.range(0, 60).mapToObj((i) -> "session:" + i).forEach((k) -> reads.put(k, this.client.get(k)));
				reads.forEach((key, read) -> assertOwnOrFailed(key, read, proxy == FAITHFUL || proxy == TWICE));
			}
		}
	}

	private static void assertOwnOrFailed(String key, CompletionStage<Optional<String>> read, boolean undisturbed) {
		CompletionStage<String> outcome = read
			.handle((value, failure) -> (failure instanceof KvException) ? "failed" : value.orElse("absent"));
		assertThat(outcome.toCompletableFuture()).succeedsWithin(TIMEOUT)
			.isIn(DisturbedKv.value(key), undisturbed ? DisturbedKv.value(key) : "failed");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aFaithfulConnectionIsKept(boolean tls) throws IOException {
		try (DisturbedKv kv = new DisturbedKv(tls, FAITHFUL)) {
			use(kv, tls, 1);
			for (int i = 0; i < 20; i++) {
				assertFound("session:" + i);
				assertThat(this.client.put(pair(i)).toCompletableFuture()).succeedsWithin(TIMEOUT);
			}
			assertThat(kv.connections()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, session:, true", "false, session:large, true", "false, session:, false",
			"true, session:, true", "true, session:large, true", "true, session:, false" })
	@DisplayName("P3 P8 a connection on which something waits is not used again, be it read already or not")
	void anAnswerThatWaitsEndsItsConnection(boolean tls, String prefix, boolean together) throws Exception {
		Semaphore sentTwice = new Semaphore(0);
		try (DisturbedKv kv = new DisturbedKv(tls, (own, previous, output) -> {
			byte[] half = Arrays.copyOf(own, own.length / 2);
			output.write(together ? DisturbedKv.joined(own, half) : own);
			output.write(together ? new byte[0] : half);
			sentTwice.release();
		})) {
			use(kv, tls, 1);
			if (this.kind == ClientKind.JDK) {
				// It may take what waits for the answer, and the call fails.
				for (int i = 0; i < 5; i++) {
					assertOwnOrFailed(prefix + i, this.client.get(prefix + i), false);
					assertThat(this.client.put(pair(i)).handle((done, failure) -> failure).toCompletableFuture())
						.succeedsWithin(TIMEOUT)
						.matches((failure) -> failure == null || failure instanceof KvUnknownOutcomeException);
				}
				return;
			}
			for (int i = 0; i < 5; i++) {
				assertFound(prefix + i);
				sentTwice.acquire();
				assertThat(this.client.put(pair(i)).toCompletableFuture()).succeedsWithin(TIMEOUT);
				sentTwice.acquire();
			}
			assertThat(kv.connections()).isEqualTo(10);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("P8 a connection that gave another's answer is not used again")
	void anAnswerForAnotherKeyEndsItsConnection(boolean tls) throws IOException {
		try (DisturbedKv kv = new DisturbedKv(tls, SHIFTED)) {
			use(kv, tls, 1);
			for (int i = 0; i < 5; i++) {
				Failed.failure(this.client.get("session:" + i), KvUnexpectedResponseException.class);
			}
			assertThat(kv.connections()).isEqualTo(5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK|{\"success\":true,\"result\":{\"values\":{}}}", "200 OK|<html>",
			"502 Bad Gateway|", "503 Service Unavailable|", "403 Forbidden|<html>", "429 Too Many Requests|",
			"201 Created|{\"success\":true,\"result\":{}}" })
	@DisplayName("P3 P8 a connection is kept only after an answer that says that all is well")
	void anUnexpectedAnswerEndsItsConnection(String answer) throws IOException {
		byte[] failure = DisturbedKv.http(answer.substring(0, answer.indexOf('|')),
				answer.substring(answer.indexOf('|') + 1));
		try (DisturbedKv kv = new DisturbedKv(false, (own, previous, output) -> output.write(failure))) {
			use(kv, false, 1);
			Failed.failure(this.client.get("session:0"));
			Failed.failure(this.client.put(pair(0)));
			Failed.failure(this.client.delete("session:0"));
			assertThat(kv.connections()).isEqualTo(3);
		}
	}

	@Test
	@DisplayName("P3 a write answered by what was meant for a read may or may not have happened")
	void aWriteAnsweredByARead() throws IOException {
		try (DisturbedKv kv = new DisturbedKv(false, TWICE_LATE)) {
			use(kv, false, 1);
			assertFound("session:0");
			Failed.failure(this.client.put(pair(1)), KvUnknownOutcomeException.class);
			assertThat(this.client.put(pair(1)).toCompletableFuture()).succeedsWithin(TIMEOUT);
			assertThat(kv.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("P3 of two answers on a used connection neither acknowledges a write")
	void aWriteWithTwoAnswers(boolean tls) throws IOException {
		try (DisturbedKv kv = new DisturbedKv(tls, TWICE_LATE)) {
			use(kv, tls, 1);
			assertThat(this.client.put(pair(0)).toCompletableFuture()).succeedsWithin(TIMEOUT);
			Failed.failure(this.client.put(pair(1)), KvUnknownOutcomeException.class);
			assertThat(this.client.delete("session:2").toCompletableFuture()).succeedsWithin(TIMEOUT);
			assertThat(kv.connections()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("P3 on the JDK's client a connection carries one call if its answers have no names of their own")
	void answersWithoutRay() throws IOException {
		byte[] written = DisturbedKv.http("200 OK", ScriptedTransport.OK);
		try (DisturbedKv kv = new DisturbedKv(false, (own, previous, output) -> output.write(written))) {
			use(kv, false, 1);
			Assumptions.assumeTrue(this.kind == ClientKind.JDK);
			for (int i = 0; i < 3; i++) {
				assertThat(this.client.put(pair(i)).toCompletableFuture()).succeedsWithin(TIMEOUT);
			}
			assertThat(kv.connections()).isEqualTo(3);
		}
	}

	@Test
	void whatWasReadIsNotSentAgain() throws IOException {
		try (DisturbedKv kv = new DisturbedKv(false, TWICE)) {
			use(kv, false, 1);
			assertFound("session:0");
			assertFound("session:1");
			assertThat(kv.requests()).isEqualTo(2);
		}
	}

	private void assertFound(String key) {
		assertThat(this.client.get(key).toCompletableFuture()).succeedsWithin(TIMEOUT)
			.isEqualTo(Optional.of(DisturbedKv.value(key)));
	}

	private void use(DisturbedKv kv, boolean tls, int threads) {
		KvConnection connection = new KvConnection(
				URI.create((tls ? "https" : "http") + "://localhost:" + kv.port() + "/client/v4"),
				TestConnections.ACCOUNT, TestConnections.NAMESPACE, TestConnections.TOKEN);
		this.transport = this.kind.create(connection, TIMEOUT, TIMEOUT, this.scheduler,
				new TransportLimits(threads, 100, TIMEOUT, 1_000_000));
		this.client = new RestKvClient(connection, this.transport, InstantSource.system());
	}

	private static KvPair pair(int number) {
		return new KvPair("session:" + number, "v", Duration.ofHours(1));
	}

}
