package dev.kvsession.client;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

@EachClient
class RestClientTransportTests {

	@Parameter
	ClientKind kind;

	private static final Duration LONG = Duration.ofSeconds(10);

	private static final Duration SHORT = Duration.ofMillis(200);

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort().containerThreads(20))
		.build();

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	private final TransportLimits limits = new TransportLimits(4, 16, LONG, 1_000_000);

	private KvConnection connection;

	private RestClientTransport transport;

	@BeforeEach
	void start() {
		this.connection = TestConnections.at(server.getPort());
	}

	@AfterEach
	void stop() {
		this.transport.close();
		this.scheduler.close();
	}

	@Test
	void carriesTokenBodyAndAnswer() {
		stub(WireMock.status(201).withHeader("X-One", "1").withHeader("Ratelimit", "\"a\";r=1;t=2").withBody("answer"));
		use(LONG, this.limits);
		KvRequest request = new KvRequest("PUT", "/a%2Fb?c=d", "application/octet-stream", new byte[] { 0, -1, 7 });
		KvResponse response = this.transport.exchange(request).toCompletableFuture().join();
		assertThat(response.status()).isEqualTo(201);
		assertThat(response.body()).asString().isEqualTo("answer");
		assertThat(response.headers()).containsEntry("x-one", "1").containsEntry("ratelimit", "\"a\";r=1;t=2");
		server.verify(WireMock.putRequestedFor(WireMock.urlEqualTo("/client/v4/a%2Fb?c=d"))
			.withHeader("Authorization", WireMock.equalTo("Bearer " + TestConnections.TOKEN))
			.withHeader("Content-Type", WireMock.equalTo("application/octet-stream"))
			.withHeader("Content-Length", WireMock.equalTo("3"))
			.withRequestBody(WireMock.binaryEqualTo(new byte[] { 0, -1, 7 })));
	}

	@DisplayName("P8 each failure is told apart on the wire, P12 without secrets")
	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.kvsession.client.ErrorTable#rows")
	void tellsFailuresApart(String name, Function<RestKvClient, CompletionStage<?>> call, int status, String body,
			String[] headers, Class<? extends Throwable> expected) {
		ResponseDefinitionBuilder answer = WireMock.status(status).withBody(body);
		for (int i = 0; i < headers.length; i += 2) {
			answer = answer.withHeader(headers[i], headers[i + 1]);
		}
		stub(answer);
		use(LONG, this.limits);
		Failed.failure(call.apply(client()), expected);
		server.verify(0, WireMock.anyRequestedFor(WireMock.urlEqualTo("/elsewhere")));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void aBrokenConnectionLeavesAWriteUnknown(Fault fault) {
		stub(WireMock.aResponse().withFault(fault));
		use(LONG, this.limits);
		Failed.failure(client().put(ErrorTable.pair()), KvUnknownOutcomeException.class);
		server.verify(1, WireMock.anyRequestedFor(WireMock.anyUrl()));
		Failed.failure(client().get(TestConnections.KEY), KvUnavailableException.class);
	}

	@Test
	void aSilentServerLeavesAWriteUnknown() {
		stub(WireMock.ok().withFixedDelay(3000));
		use(SHORT, this.limits);
		Failed.failure(this.transport.exchange(put()), KvUnknownOutcomeException.class);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aDrippingBodyEndsAtTheDeadline(boolean foreign) {
		stub(WireMock.ok("{" + "x".repeat(10_000)).withChunkedDribbleDelay(3000, 60_000));
		TransportLimits limits = new TransportLimits(1, 16, Duration.ofMillis(500), 1_000_000);
		if (foreign) {
			SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
			simple.setReadTimeout(LONG);
			this.transport = new RestClientTransport(this.connection, RestClient.builder().requestFactory(simple),
					this.scheduler, limits);
		}
		else {
			use(LONG, limits);
		}
		Failed.failure(this.transport.exchange(put()), KvUnknownOutcomeException.class);
		// The only thread is free again, or this call would not be sent in time.
		server.resetAll();
		stub(WireMock.status(204));
		assertThat(this.transport.exchange(put()).toCompletableFuture()).succeedsWithin(LONG)
			.extracting(KvResponse::status)
			.isEqualTo(204);
	}

	@Test
	void aDrippingBodyEndsAtTheReadTimeoutToo() {
		stub(WireMock.ok("{" + "x".repeat(1000)).withChunkedDribbleDelay(500, 60_000));
		use(SHORT, this.limits);
		Failed.failure(this.transport.exchange(put()), KvUnknownOutcomeException.class);
	}

	@Test
	void anEndlessAnswerIsNotRead() {
		stub(WireMock.ok("{" + "x".repeat(100_000)));
		use(LONG, new TransportLimits(1, 1, LONG, 100_000));
		assertThat(Failed.failure(this.transport.exchange(put()), KvAnswerTooLargeException.class))
			.hasMessageContaining("100000");
	}

	@Test
	void aFullQueueFailsAtOnceAndALateCallIsNeverSent() {
		stub(WireMock.ok().withFixedDelay(1000));
		use(LONG, new TransportLimits(1, 1, SHORT, 1_000_000));
		CompletionStage<KvResponse> underWay = this.transport.exchange(put());
		CompletionStage<KvResponse> waiting = this.transport.exchange(put());
		assertThat(Failed.failure(this.transport.exchange(put()), KvUnavailableException.class))
			.hasMessageContaining("wait already");
		Failed.failure(underWay, KvUnknownOutcomeException.class);
		assertThat(Failed.failure(waiting)).isInstanceOf(KvException.class);
	}

	@Test
	void closingEndsAllCallsAlsoThoseWhoseAnswerIsAwaited() throws IOException {
		try (ServerSocket silent = new ServerSocket(0)) {
			this.connection = TestConnections.at(silent.getLocalPort());
			use(LONG.multipliedBy(2), new TransportLimits(1, 4, LONG.multipliedBy(2), 1_000_000));
			CompletionStage<KvResponse> sent = this.transport.exchange(put());
			CompletionStage<KvResponse> waiting = this.transport.exchange(put());
			try (Socket socket = silent.accept()) {
				assertThat(socket.getInputStream().read()).isNotNegative();
				this.transport.close();
				Failed.failure(sent, KvUnknownOutcomeException.class);
			}
			Failed.failure(waiting, KvUnavailableException.class);
			assertThat(Failed.failure(this.transport.exchange(put()), KvUnavailableException.class))
				.hasMessageContaining("stopping");
		}
	}

	@Test
	void worksOnDaemonThreadsOfItsOwn() {
		stub(WireMock.ok().withFixedDelay(50));
		use(LONG, this.limits);
		AtomicReference<Thread> thread = new AtomicReference<>();
		CompletableFuture<Void> seen = this.transport.exchange(put())
			.thenAccept((response) -> thread.set(Thread.currentThread()))
			.toCompletableFuture();
		assertThat(seen).succeedsWithin(LONG);
		assertThat(thread.get().getName()).startsWith("kv-http-");
		assertThat(thread.get().isDaemon()).isTrue();
	}

	@Test
	void aCertificateNobodyTrustsMeansNeverSent() {
		this.connection = new KvConnection(URI.create("https://localhost:" + server.getHttpsPort()),
				TestConnections.ACCOUNT, TestConnections.NAMESPACE, TestConnections.TOKEN);
		use(LONG, this.limits);
		Failed.failure(this.transport.exchange(put()), KvUnavailableException.class);
	}

	private static void stub(ResponseDefinitionBuilder answer) {
		server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(answer));
	}

	private static KvRequest put() {
		return new KvRequest("PUT", "/values/session%3AS3cretId", "application/octet-stream", new byte[1]);
	}

	private void use(Duration readTimeout, TransportLimits limits) {
		this.transport = this.kind.create(this.connection, LONG, readTimeout, this.scheduler, limits);
	}

	private RestKvClient client() {
		return new RestKvClient(this.connection, this.transport, InstantSource.system());
	}

}
