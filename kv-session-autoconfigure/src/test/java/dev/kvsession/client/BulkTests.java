package dev.kvsession.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BulkTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time);

	@Test
	void splitsAndMergesReads() {
		String absent = keys(100).stream().skip(1).map((key) -> ",\"" + key + "\":null").collect(Collectors.joining());
		this.transport.reply(200, "{\"success\":true,\"result\":{\"values\":{\"k0\":\"1\"" + absent + "}}}");
		this.transport.reply(200, "{\"success\":true,\"result\":{\"values\":{\"k100\":\"2\"}}}");
		assertThat(this.client.getAll(keys(101)).toCompletableFuture().join()).containsOnlyKeys("k0", "k100");
		assertThat(this.transport.request(0)).contains("\"k99\"").doesNotContain("\"k100\"");
		assertThat(this.transport.request(1)).contains("[\"k100\"]");
	}

	@Test
	void splitsAndMergesWrites() {
		this.transport.reply(200,
				"{\"success\":true,\"result\":{\"successful_key_count\":9999,\"unsuccessful_keys\":[\"k7\"]}}");
		this.transport.reply(200,
				"{\"success\":true,\"result\":{\"successful_key_count\":0,\"unsuccessful_keys\":[\"k10000\"]}}");
		List<KvPair> pairs = keys(10_001).stream().map((key) -> new KvPair(key, "v", null)).toList();
		assertThat(this.client.putAll(pairs).toCompletableFuture().join().unsuccessfulKeys())
			.containsExactlyInAnyOrder("k7", "k10000");
		assertThat(this.transport.request(1)).isEqualTo("PUT /bulk [{\"key\":\"k10000\",\"value\":\"v\"}]");
	}

	@Test
	void splitsAndMergesDeletes() {
		this.transport.done(10_000).done(10_000);
		this.client.deleteAll(keys(20_000)).toCompletableFuture().join();
		assertThat(this.transport.requests()).hasSize(2);
	}

	@Test
	void sendsOnePartAtATimeAndFailsAfterTheLastAnswer() {
		CompletableFuture<KvResponse> first = this.transport.hold();
		CompletableFuture<KvResponse> second = this.transport.hold();
		CompletableFuture<?> stage = this.client.deleteAll(keys(10_001)).toCompletableFuture();
		assertThat(this.transport.requests()).hasSize(1);
		first.complete(ScriptedTransport.response(403, ScriptedTransport.error(10000, "no")));
		assertThat(stage).isNotDone();
		assertThat(this.transport.requests()).hasSize(2);
		second.complete(ScriptedTransport.response(200, ScriptedTransport.OK));
		Failed.failure(stage, KvAuthorizationException.class);
	}

	@Test
	void sendsNothingMoreOnceTheTokenIsThrottled() {
		this.transport.reply(429, ScriptedTransport.error(971, "wait"), "retry-after", "60").ok();
		Failed.failure(this.client.getAll(keys(101)), KvRateLimitException.class);
		assertThat(this.transport.requests()).hasSize(1);
	}

	@Test
	void sendsAPairAloneThatJsonWouldBlowUp() {
		this.transport.done(1).ok().done(1);
		// Escaped, each of these characters takes six bytes.
		KvPair escaped = new KvPair("big", "\u0001".repeat(KvLimits.MAX_BULK_BYTES / 6), null);
		CompletionStage<KvBulkResult> stage = this.client
			.putAll(List.of(new KvPair("a", "v", null), escaped, new KvPair("b", "v", null)));
		assertThat(stage.toCompletableFuture().join().unsuccessfulKeys()).isEmpty();
		assertThat(this.transport.requests()).extracting(KvRequest::method).containsExactly("PUT", "PUT", "PUT");
		assertThat(this.transport.requests().get(1).path()).endsWith("/values/big");
		assertThat(this.transport.request(2)).isEqualTo("PUT /bulk [{\"key\":\"b\",\"value\":\"v\"}]");
	}

	@Test
	void fillsBodiesUpToTheirLimit() {
		List<KvPair> pairs = keys(4).stream().map((key) -> new KvPair(key, "v", null)).toList();
		int twoPairs = "[{\"key\":\"k0\",\"value\":\"v\"},{\"key\":\"k1\",\"value\":\"v\"}]".length();
		assertThat(sizes(new BulkPutChunks(pairs, 100, twoPairs))).containsExactly(twoPairs, twoPairs);
		assertThat(sizes(new BulkPutChunks(pairs, 100, twoPairs - 1))).hasSize(4);
		assertThat(sizes(new BulkPutChunks(pairs, 3, 1000))).hasSize(2);
	}

	private static List<Integer> sizes(BulkPutChunks chunks) {
		List<Integer> sizes = new ArrayList<>();
		chunks.forEachRemaining((chunk) -> sizes.add(chunk.body().length));
		return sizes;
	}

	private static List<String> keys(int count) {
		return IntStream.range(0, count).mapToObj((number) -> "k" + number).toList();
	}

}
