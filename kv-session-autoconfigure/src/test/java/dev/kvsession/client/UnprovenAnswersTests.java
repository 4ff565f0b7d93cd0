package dev.kvsession.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that look like KV's own and yet do not say what was asked: cut short, mixed up,
 * or made by something else.
 */
class UnprovenAnswersTests {

	private static final String KEY = "\"" + TestConnections.KEY + "\"";

	private final ScriptedTransport transport = new ScriptedTransport();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, new VirtualTime());

	@Test
	@DisplayName("P8 only null for the key is absent")
	void nullForTheKeyIsAbsent() {
		this.transport.reply(200, result("{\"values\":{" + KEY + ":null}}"))
			.reply(200, result("{\"values\":{" + KEY + ":null}}"));
		assertThat(this.client.get(TestConnections.KEY).toCompletableFuture().join()).isEmpty();
		assertThat(this.client.getAll(List.of(TestConnections.KEY)).toCompletableFuture().join()).isEmpty();
	}

	@Test
	@DisplayName("P8 a bulk answer without keys is no absence of seventy sessions")
	void silenceIsNoAbsence() {
		List<String> keys = IntStream.range(0, 70).mapToObj((number) -> "session:" + number).toList();
		for (String values : List.of("{}", "{\"session:0\":\"1\"}", "{\"session:70\":null}")) {
			this.transport.reply(200, result("{\"values\":" + values + "}"));
			Failed.failure(this.client.getAll(keys), KvUnexpectedResponseException.class);
		}
	}

	static Stream<String> reads() {
		Stream<String> results = Stream.of("{\"values\":{}}", "{\"values\":{\"another\":null}}",
				"{\"values\":{" + KEY + ":\"1\",\"another\":\"2\"}}",
				"{\"values\":{" + KEY + ":null,\"another\":null}}", "{\"values\":{" + KEY + ":\"1\"," + KEY + ":null}}",
				"{\"values\":{" + KEY + ":null," + KEY + ":null}}", "{\"values\":{" + KEY + ":1}}",
				"{\"values\":{" + KEY + ":true}}", "{\"values\":{" + KEY + ":[]}}",
				"{\"values\":{" + KEY + ":{\"value\":\"1\",\"metadata\":null}}}", "{\"values\":[]}",
				"{\"values\":[" + KEY + "]}", "{\"values\":null}", "{\"values\":" + KEY + "}", "{" + KEY + ":\"1\"}",
				"[" + KEY + "]", "[]", "{}", "null", "\"\"", "{\"successful_key_count\":1,\"unsuccessful_keys\":[]}");
		String right = "{\"values\":{" + KEY + ":null}}";
		return Stream.concat(results.map(UnprovenAnswersTests::result),
				Stream.of("", "null", "{}", "{\"success\":true}", "{\"success\":\"true\",\"result\":" + right + "}",
						"{\"success\":true,\"errors\":[{\"code\":1}],\"result\":" + right + "}",
						"{\"success\":true,\"errors\":[{}],\"result\":" + right + "}",
						"{\"success\":true,\"errors\":{\"code\":1},\"result\":" + right + "}",
						"{\"success\":true,\"errors\":\"no\",\"result\":" + right + "}",
						"{\"success\":true,\"success\":false,\"result\":" + right + "}",
						result(right).substring(0, result(right).length() - 1), result(right) + result(right),
						"[" + result(right) + "]"));
	}

	@ParameterizedTest
	@MethodSource("reads")
	@DisplayName("P8 a read that KV does not answer for its key is neither a value nor an absence")
	void aReadWithoutItsKey(String body) {
		this.transport.reply(200, body).reply(200, body);
		Failed.failure(this.client.get(TestConnections.KEY), KvUnexpectedResponseException.class);
		Failed.failure(this.client.getAll(List.of(TestConnections.KEY)), KvUnexpectedResponseException.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 201, 202, 203, 204, 206, 226, 299 })
	@DisplayName("P3 P8 KV answers with status 200, and everything else is no answer of it")
	void anotherSuccess(int status) {
		this.transport.reply(status, result("{\"values\":{" + KEY + ":\"1\"}}"))
			.reply(status, result("{}"))
			.reply(status, result("{\"successful_key_count\":1,\"unsuccessful_keys\":[]}"));
		Failed.failure(this.client.get(TestConnections.KEY), KvUnexpectedResponseException.class);
		Failed.failure(this.client.put(ErrorTable.pair()), KvUnknownOutcomeException.class);
		Failed.failure(this.client.deleteAll(List.of("a")), KvUnknownOutcomeException.class);
	}

	static Stream<String> writes() {
		return Stream.concat(
				Stream
					.of("{\"values\":{}}", "{\"values\":{" + KEY + ":\"1\"}}",
							"{\"successful_key_count\":1,\"unsuccessful_keys\":[]}", "[]", "[{\"name\":" + KEY + "}]",
							"\"\"", KEY, "1", "true", "false")
					.map(UnprovenAnswersTests::result),
				Stream.of("{\"success\":true,\"errors\":[{\"code\":1}],\"result\":{}}",
						"{\"success\":true,\"errors\":{},\"result\":{}}",
						"{\"success\":true,\"errors\":false,\"result\":{}}"));
	}

	@ParameterizedTest
	@MethodSource("writes")
	@DisplayName("P3 a write is done when the answer is that of a write, and else may or may not have happened")
	void aWriteAnsweredBySomethingElse(String body) {
		this.transport.reply(200, body).reply(200, body);
		Failed.failure(this.client.put(ErrorTable.pair()), KvUnknownOutcomeException.class);
		Failed.failure(this.client.delete(TestConnections.KEY), KvUnknownOutcomeException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"success\":true,\"result\":{}}", "{\"success\":true,\"result\":null}",
			"{\"success\":true,\"errors\":null,\"messages\":null,\"result\":{}}",
			"{\"success\":true,\"errors\":[],\"messages\":[{\"code\":1}],\"result\":{}}", "{\"success\":true}" })
	void aWriteThatIsDone(String body) {
		this.transport.reply(200, body).reply(200, body);
		assertThat(this.client.put(ErrorTable.pair()).toCompletableFuture()).isCompleted();
		assertThat(this.client.delete(TestConnections.KEY).toCompletableFuture()).isCompleted();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "[]", "{\"values\":{}}", "{\"unsuccessful_keys\":[]}",
			"{\"unsuccessful_keys\":[\"a\"]}", "{\"unsuccessful_keys\":[\"a\",\"b\"]}", "{\"successful_key_count\":1}",
			"{\"successful_key_count\":3}", "{\"successful_key_count\":null,\"unsuccessful_keys\":[]}",
			"{\"successful_key_count\":2.0,\"unsuccessful_keys\":[]}",
			"{\"successful_key_count\":\"2\",\"unsuccessful_keys\":[]}",
			"{\"successful_key_count\":18446744073709551618,\"unsuccessful_keys\":[]}",
			"{\"successful_key_count\":-9223372036854775808,\"unsuccessful_keys\":[]}",
			"{\"successful_key_count\":-1,\"unsuccessful_keys\":[\"a\",\"b\",\"a\"]}",
			"{\"successful_key_count\":0,\"unsuccessful_keys\":[\"a\",\"a\"]}",
			"{\"successful_key_count\":1,\"unsuccessful_keys\":[\"c\"]}",
			"{\"successful_key_count\":1,\"unsuccessful_keys\":[null]}",
			"{\"successful_key_count\":1,\"unsuccessful_keys\":{\"a\":1}}",
			"{\"successful_key_count\":2,\"unsuccessful_keys\":[\"a\"]}",
			"{\"successful_key_count\":2,\"unsuccessful_keys\":\"\"}",
			"{\"successful_key_count\":1,\"successful_key_count\":2,\"unsuccessful_keys\":[]}" })
	@DisplayName("P3 a bulk write is done for the keys that the answer accounts for, and only if it does for all")
	void aBulkWriteWithoutAccount(String result) {
		this.transport.reply(200, result(result)).reply(200, result(result));
		List<KvPair> pairs = List.of(new KvPair("a", "1", null), new KvPair("b", "2", null));
		assertProvesNothing(this.client.putAll(pairs));
		assertProvesNothing(this.client.deleteAll(List.of("a", "b")));
	}

	// A name that stands twice makes it no JSON of KV's.
	private static void assertProvesNothing(CompletionStage<?> stage) {
		assertThat(Failed.failure(stage)).isInstanceOfAny(KvUnknownOutcomeException.class,
				KvUnexpectedResponseException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"successful_key_count\":2}", "{\"successful_key_count\":2,\"unsuccessful_keys\":null}",
			"{\"successful_key_count\":2,\"unsuccessful_keys\":[]}" })
	void aBulkWriteThatIsDone(String result) {
		this.transport.reply(200, result(result));
		assertThat(this.client.deleteAll(List.of("a", "b")).toCompletableFuture().join().unsuccessfulKeys()).isEmpty();
	}

	static Stream<Arguments> lists() {
		String info = "\"result_info\":{\"count\":1,\"cursor\":\"next\"}";
		String one = "[{\"name\":\"p:a\"}]";
		return Stream.of(Arguments.of("[{\"name\":\"q:a\"}]", info), Arguments.of("[{\"name\":\"\"}]", info),
				Arguments.of("[{}]", info), Arguments.of("[\"p:a\"]", info), Arguments.of("[null]", info),
				Arguments.of("[{\"name\":\"p:a\"},{\"name\":\"p:a\"}]",
						"\"result_info\":{\"count\":2,\"cursor\":\"\"}"),
				Arguments.of("[{\"name\":\"p:a\",\"expiration\":\"soon\"}]", info), Arguments.of("{}", info),
				Arguments.of("null", info), Arguments.of(one, "\"result_info\":null"), Arguments.of(one, "\"a\":1"),
				Arguments.of(one, "\"result_info\":{\"count\":1}"),
				Arguments.of(one, "\"result_info\":{\"count\":1,\"cursor\":null}"),
				Arguments.of(one, "\"result_info\":{\"count\":1,\"cursor\":7}"),
				Arguments.of(one, "\"result_info\":{\"count\":2,\"cursor\":\"\"}"),
				Arguments.of(one, "\"result_info\":{\"count\":\"1\",\"cursor\":\"\"}"),
				// As if the page before had been answered once more.
				Arguments.of(one, "\"result_info\":{\"count\":1,\"cursor\":\"this\"}"),
				Arguments.of(IntStream.range(0, 11).mapToObj((i) -> "{\"name\":\"p:" + i + "\"}").toList().toString(),
						"\"result_info\":{\"count\":11,\"cursor\":\"next\"}"));
	}

	@ParameterizedTest
	@MethodSource("lists")
	@DisplayName("P8 a page names keys of its prefix and says where the next one begins")
	void aPageThatIsNone(String result, String info) {
		this.transport.reply(200, "{\"success\":true,\"result\":" + result + "," + info + "}");
		Failed.failure(this.client.list("p:", "this", 10), KvUnexpectedResponseException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1]", "[{}]", "[1,2]", "[{\"id\":null}]", "[{\"name\":\"session:a\"}]", "{}", "null",
			"[{\"id\":\"" + TestConnections.ACCOUNT + "\"},{\"id\":1}]",
			"[{\"id\":\"" + TestConnections.ACCOUNT + "\"}],\"result_info\":{\"total_count\":0}",
			"[{\"id\":\"" + TestConnections.ACCOUNT + "\"}],\"result_info\":{\"total_count\":\"1\"}",
			"[{\"id\":\"" + TestConnections.ACCOUNT + "\"}],\"result_info\":{\"total_count\":-1}" })
	@DisplayName("P8 an account is looked up from a list of accounts")
	void accountsThatAreNone(String result) {
		this.transport.reply(200, "{\"success\":true,\"result\":" + result + "}");
		RestKvClient lookingUp = new RestKvClient(TestConnections.withoutAccount(), this.transport, new VirtualTime());
		Failed.failure(lookingUp.put(ErrorTable.pair()), KvUnexpectedResponseException.class);
		assertThat(this.transport.requests()).hasSize(1);
	}

	static Stream<Function<RestKvClient, CompletionStage<?>>> calls() {
		return ErrorTable.calls();
	}

	@ParameterizedTest
	@MethodSource("calls")
	@DisplayName("P3 P8 throttling is told as such though the answer claims success")
	void throttlingInASuccess(Function<RestKvClient, CompletionStage<?>> call) {
		this.transport.reply(200, "{\"success\":true,\"errors\":[{\"code\":971}],\"result\":{}}");
		Failed.failure(call.apply(this.client), KvRateLimitException.class);
	}

	@Test
	@DisplayName("P8 keys are compared as they were asked for")
	void keysThatDifferLittle() {
		Map<String, String> keys = Map.of("session:é", "session:e\u0301", "a", "A", "b", "b ", "c/d", "c%2Fd");
		keys.forEach((asked, answered) -> {
			this.transport.reply(200, result("{\"values\":{\"" + answered + "\":\"1\"}}"));
			Failed.failure(this.client.get(asked), KvUnexpectedResponseException.class);
		});
	}

	@Test
	void saysWhatIsWrong() {
		CompletableFuture<KvResponse> answer = this.transport.hold();
		CompletionStage<?> read = this.client.get(TestConnections.KEY);
		answer.complete(ScriptedTransport.response(200, result("{\"values\":{\"another\":null}}")));
		assertThat(Failed.failure(read)).hasMessageContaining("another call")
			.hasMessageContaining("cloudflare.kv.base-url");
	}

	private static String result(String result) {
		return "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":" + result + "}";
	}

}
