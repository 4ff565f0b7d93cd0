package dev.kvsession.client;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.rest.ClockCheck;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class RestKvClientErrorTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time);

	@DisplayName("P8 each failure is told apart, P12 without secrets")
	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.kvsession.client.ErrorTable#rows")
	void tellsFailuresApart(String name, Function<RestKvClient, CompletionStage<?>> call, int status, String body,
			String[] headers, Class<? extends Throwable> expected) {
		this.transport.reply(status, body, headers);
		CompletionStage<?> stage = call.apply(this.client);
		Throwable failure = Failed.failure(stage, expected);
		assertThat(failure).isInstanceOf(KvException.class);
		assertThat(failure.getMessage()).contains("KV", String.valueOf(status), TestConnections.NAMESPACE);
		assertThat(this.transport.requests()).hasSize(1);
	}

	@Test
	@DisplayName("P8 404 with 10009 is no answer to a read, which names its key")
	void notFoundIsNoAbsence() {
		this.transport.reply(404, ScriptedTransport.error(10009, "get: 'key not found'"));
		Failed.failure(this.client.get(TestConnections.KEY), KvUnexpectedResponseException.class);
	}

	@Test
	void returnsAValueThatLooksLikeAnError() {
		String value = ScriptedTransport.error(971, "quoted");
		this.transport.found("a", "\"" + value.replace("\"", "\\\"") + "\"");
		assertThat(this.client.get("a").toCompletableFuture().join()).contains(value);
	}

	@Test
	void quotesCodeAndWordsOfCloudflare() {
		this.transport.reply(403, ScriptedTransport.error(10000, "Authentication error"));
		assertThat(Failed.failure(this.client.get("a"))).hasMessageContaining("code 10000 (Authentication error)")
			.hasMessageContaining("cloudflare.kv.api-token");
	}

	@ParameterizedTest
	@CsvSource({ "90001, KEY_PREFIXES", "90002, wrangler.toml" })
	void namesTheGatewayAsTheReason(int code, String where) {
		this.transport.reply(403, ScriptedTransport.error(code, "gateway"));
		assertThat(Failed.failure(this.client.get("a"))).hasMessageContaining(where)
			.hasMessageNotContaining("cloudflare.kv.api-token");
	}

	@ParameterizedTest
	@CsvSource({ "retry-after, 9, PT9S", "retry-after, x, PT1M", "ratelimit, '\"default\";r=0;t=30', PT30S",
			"x-other, 1, PT1M" })
	void saysHowLongToWait(String header, String value, Duration expected) {
		this.transport.reply(429, ScriptedTransport.error(971, "wait"), header, value);
		assertThat(Failed.failure(this.client.get("a"), KvRateLimitException.class).retryAfter()).isEqualTo(expected);
	}

	@Test
	@DisplayName("P10 a 429 that is not KV's own asks for seconds at most and tells nothing of the token's calls")
	void foreignLimitsAskForSeconds() {
		this.transport.reply(429, "Too Many Requests", "retry-after", "86400", "ratelimit", "\"default\";r=0;t=3600");
		assertThat(Failed.failure(this.client.get("a"), KvUnavailableException.class).retryAfter())
			.isEqualTo(Duration.ofSeconds(5));
		assertThat(this.client.rateLimit()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "404, 7003", "404, 0" })
	@DisplayName("P8 a base URL without the API's path is told as such")
	void namesAMissingPath(int status, int code) {
		RestKvClient pathless = new RestKvClient(new KvConnection(URI.create("https://kv.example.org/v4"),
				TestConnections.ACCOUNT, TestConnections.NAMESPACE, TestConnections.TOKEN), this.transport, this.time);
		this.transport.reply(status, ScriptedTransport.error(code, "no"));
		assertThat(Failed.failure(pathless.get("a"))).hasMessageContaining("does not end in /client/v4");
		this.transport.reply(status, ScriptedTransport.error(code, "no"));
		assertThat(Failed.failure(this.client.get("a"))).hasMessageNotContaining("does not end in");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0", "PT90S, 0", "PT-90S, 0", "PT5M, 1", "PT-5M, 1" })
	@DisplayName("P7 a clock that is minutes off KV's is warned of once")
	void clockOff(Duration off, int warnings) {
		CapturedLog log = CapturedLog.of(ClockCheck.class);
		String date = DateTimeFormatter.RFC_1123_DATE_TIME
			.format(this.time.instant().minus(off).atZone(ZoneOffset.UTC));
		for (int i = 0; i < 3; i++) {
			this.transport.reply(200, ScriptedTransport.OK, "date", date);
			assertThat(this.client.put(ErrorTable.pair()).toCompletableFuture()).isCompleted();
			this.transport.reply(403, "a proxy", "date", "Thu, 1 Jan 1970 00:00:00 GMT");
			Failed.failure(this.client.get("a"));
		}
		log.close();
		assertThat(log.lines()).hasSize(warnings).allSatisfy((line) -> assertThat(line).contains("5 minutes"));
	}

	@Test
	void refusesTooLargeValuesBeforeSending() {
		KvPair tooLarge = new KvPair("a", "é".repeat(KvLimits.MAX_VALUE_BYTES / 2) + "x", null);
		assertRefused(tooLarge, "26214401");
	}

	@Test
	void refusesHalfSurrogatePairsBeforeSending() {
		assertRefused(new KvPair("a", "x\uD83D", null), "surrogate");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"a":    | JSON
			a b      | JSON
			{} {}    | JSON
			~~       | JSON
			""")
	void refusesMetadataThatIsNoJson(String metadata, String reason) {
		assertRefused(new KvPair("a", "v", null, metadata), reason);
	}

	@Test
	void refusesTooLargeMetadataBeforeSending() {
		assertRefused(new KvPair("a", "v", null, "\"" + "x".repeat(1023) + "\""), "1025");
	}

	@Test
	void sendsTheLargestValueAndMetadata() {
		this.transport.ok();
		KvPair largest = new KvPair("a", "x".repeat(KvLimits.MAX_VALUE_BYTES), null, "\"" + "x".repeat(1022) + "\"");
		this.client.put(largest).toCompletableFuture().join();
	}

	private void assertRefused(KvPair pair, String reason) {
		assertThat(Failed.failure(this.client.put(pair), KvRequestRefusedException.class)).hasMessageContaining(reason);
		assertThat(Failed.failure(this.client.putAll(List.of(pair)), KvRequestRefusedException.class))
			.hasMessageContaining(reason);
		assertThat(this.transport.requests()).isEmpty();
	}

}
