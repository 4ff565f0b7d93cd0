package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RestKvClientRequestTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time);

	@Test
	@DisplayName("P8 a single value is read with its key, too")
	void readsAValueWithItsKey() {
		this.transport.found("a:b", "\"{\\\"a\\\":\\\"é\\\"}\"");
		assertThat(join(this.client.get("a:b"))).contains("{\"a\":\"é\"}");
		assertThat(this.transport.requests().get(0).path()).isEqualTo(TestConnections.NAMESPACE_PATH + "/bulk/get");
		assertThat(this.transport.request(0)).isEqualTo("POST /bulk/get {\"keys\":[\"a:b\"],\"type\":\"text\"}");
	}

	@Test
	void readsAnEmptyValueAsPresent() {
		this.transport.found("a", "\"\"");
		assertThat(join(this.client.get("a"))).contains("");
	}

	@Test
	void writesAValueWithLifetime() {
		this.transport.ok();
		join(this.client.put(new KvPair("a", "é", MINUTE)));
		assertThat(this.transport.request(0)).isEqualTo("PUT /values/a?expiration_ttl=60 é");
		assertThat(this.transport.requests().get(0).contentType()).isEqualTo("application/octet-stream");
	}

	@Test
	@DisplayName("P7 lifetimes are rounded up")
	void roundsLifetimesUp() {
		this.transport.ok().done(1);
		join(this.client.put(new KvPair("a", "v", Duration.ofMillis(60_001))));
		join(this.client.putAll(List.of(new KvPair("a", "v", Duration.ofMillis(60_001)))));
		assertThat(this.transport.request(0)).contains("expiration_ttl=61");
		assertThat(this.transport.request(1)).contains("\"expiration_ttl\":61");
	}

	@Test
	void writesAValueForEver() {
		this.transport.ok();
		join(this.client.put(new KvPair("a", "v", null)));
		assertThat(this.transport.request(0)).isEqualTo("PUT /values/a v");
	}

	@Test
	void writesMetadataAsMultipartThatNoValueCanForge() {
		this.transport.ok();
		String value = "\r\n--kv-session-0\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{}";
		join(this.client.put(new KvPair("a", value, MINUTE, "{\"m\":1}")));
		KvRequest request = this.transport.requests().get(0);
		assertThat(request.contentType()).isEqualTo("multipart/form-data; boundary=kv-session-1");
		assertThat(new String(request.body(), StandardCharsets.UTF_8))
			.isEqualTo("--kv-session-1\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\n" + value
					+ "\r\n--kv-session-1\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"m\":1}"
					+ "\r\n--kv-session-1--\r\n");
	}

	@Test
	void deletes() {
		this.transport.ok();
		join(this.client.delete("a"));
		assertThat(this.transport.request(0)).isEqualTo("DELETE /values/a");
	}

	@Test
	void deletesAnAbsentKey() {
		this.transport.reply(404, ScriptedTransport.error(10009, "key not found"));
		join(this.client.delete("a"));
	}

	@Test
	void readsManyValues() {
		this.transport.reply(200, "{\"success\":true,\"result\":{\"values\":{\"a\":\"1\",\"b\":null}}}");
		assertThat(join(this.client.getAll(List.of("a", "b", "a")))).isEqualTo(Map.of("a", "1"));
		assertThat(this.transport.request(0)).isEqualTo("POST /bulk/get {\"keys\":[\"a\",\"b\"],\"type\":\"text\"}");
		assertThat(this.transport.requests().get(0).contentType()).isEqualTo("application/json");
	}

	@Test
	void writesManyPairs() {
		this.transport.reply(200,
				"{\"success\":true,\"result\":{\"successful_key_count\":1,\"unsuccessful_keys\":[\"b\"]}}");
		KvBulkResult result = join(this.client
			.putAll(List.of(new KvPair("a", "\"\n", MINUTE, "{\"m\":[1]}"), new KvPair("b", "\uD83D\uDE00", null))));
		assertThat(result.unsuccessfulKeys()).containsExactly("b");
		assertThat(this.transport.request(0)).isEqualTo(
				"PUT /bulk [{\"key\":\"a\",\"value\":\"\\\"\\n\",\"expiration_ttl\":60,\"metadata\":{\"m\":[1]}},"
						+ "{\"key\":\"b\",\"value\":\"\uD83D\uDE00\"}]");
	}

	@Test
	void deletesMany() {
		this.transport.reply(200,
				"{\"success\":true,\"result\":{\"successful_key_count\":1,\"unsuccessful_keys\":[\"a\"]}}");
		assertThat(join(this.client.deleteAll(List.of("a", "b", "a"))).unsuccessfulKeys()).containsExactly("a");
		assertThat(this.transport.request(0)).isEqualTo("POST /bulk/delete [\"a\",\"b\"]");
	}

	@Test
	void callsNobodyForNothing() {
		assertThat(join(this.client.getAll(List.of()))).isEmpty();
		assertThat(join(this.client.putAll(List.of())).unsuccessfulKeys()).isEmpty();
		assertThat(join(this.client.deleteAll(List.of())).unsuccessfulKeys()).isEmpty();
		assertThat(this.transport.requests()).isEmpty();
	}

	@Test
	void listsPages() {
		this.transport
			.reply(200, "{\"success\":true,\"result\":[{\"name\":\"user sessions:a\"},{\"name\":\"user sessions:b\","
					+ "\"expiration\":1790000000,\"metadata\":{\"m\":1}}],\"result_info\":{\"count\":2,\"cursor\":\"n+/=\"}}");
		this.transport.reply(200, "{\"success\":true,\"result\":[],\"result_info\":{\"count\":0,\"cursor\":\"\"}}");
		KvKeyPage page = join(this.client.list("user sessions:", null, 1000));
		assertThat(page.keys()).containsExactly(new KvKeyPage.Key("user sessions:a", null, null),
				new KvKeyPage.Key("user sessions:b", Instant.ofEpochSecond(1790000000), "{\"m\":1}"));
		assertThat(join(this.client.list("", page.cursor(), 10))).isEqualTo(new KvKeyPage(List.of(), null));
		assertThat(this.transport.request(0)).isEqualTo("GET /keys?limit=1000&prefix=user%20sessions%3A");
		assertThat(this.transport.request(1)).isEqualTo("GET /keys?limit=10&cursor=n%2B%2F%3D");
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 1001, -1 })
	void refusesListLimitsOutOfRange(int limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.list("", null, limit));
	}

	@Test
	void keepsTheLatestRateLimit() {
		assertThat(this.client.rateLimit()).isEmpty();
		this.transport.reply(200, "{\"success\":true,\"result\":{\"values\":{\"a\":null}}}", "ratelimit",
				"\"default\";r=50;t=30");
		this.transport.found("a", "null");
		join(this.client.get("a"));
		join(this.client.get("a"));
		assertThat(this.client.rateLimit()).map(KvRateLimit::remaining).isEqualTo(Optional.of(50L));
		this.transport.reply(503, "", "retry-after", "2");
		assertThat(this.client.get("a").toCompletableFuture()).isCompletedExceptionally();
		assertThat(this.client.rateLimit()).map(KvRateLimit::remaining).isEqualTo(Optional.of(50L));
	}

	private static <T> T join(CompletionStage<T> stage) {
		return stage.toCompletableFuture().join();
	}

}
