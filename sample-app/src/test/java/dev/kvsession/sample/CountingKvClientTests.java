package dev.kvsession.sample;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;

import static org.assertj.core.api.Assertions.assertThat;

class CountingKvClientTests {

	private final KvCallCounter counter = new KvCallCounter();

	private final KvClient client = new CountingKvClient(new EmptyNamespace(), this.counter);

	@Test
	void countsEachCallOnceBulkCallsToo() {
		this.counter.begin();
		this.client.get("a");
		this.client.getAll(List.of("a", "b"));
		this.client.put(new KvPair("a", "1", null));
		this.client.putAll(List.of(new KvPair("a", "1", null), new KvPair("b", "1", null)));
		this.client.delete("a");
		this.client.deleteAll(List.of("a", "b"));
		this.client.list("", null, 10);
		assertThat(this.counter.soFar()).isEqualTo(7);
	}

	@Test
	void beginsAnewWithEachRequest() {
		this.counter.begin();
		this.client.get("a");
		this.counter.begin();
		assertThat(this.counter.soFar()).isZero();
	}

	@Test
	void workOutsideARequestIsNobodysCost() {
		this.client.get("a");
		this.counter.begin();
		this.counter.end();
		this.client.get("a");
		assertThat(this.counter.soFar()).isZero();
	}

	private static final class EmptyNamespace implements KvClient {

		@Override
		public CompletionStage<Optional<String>> get(String key) {
			return CompletableFuture.completedStage(Optional.empty());
		}

		@Override
		public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
			return CompletableFuture.completedStage(Map.of());
		}

		@Override
		public CompletionStage<Void> put(KvPair pair) {
			return CompletableFuture.completedStage(null);
		}

		@Override
		public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
			return CompletableFuture.completedStage(new KvBulkResult(Set.of()));
		}

		@Override
		public CompletionStage<Void> delete(String key) {
			return CompletableFuture.completedStage(null);
		}

		@Override
		public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
			return CompletableFuture.completedStage(new KvBulkResult(Set.of()));
		}

		@Override
		public CompletionStage<KvKeyPage> list(String prefix, String cursor, int limit) {
			return CompletableFuture.completedStage(new KvKeyPage(List.of(), null));
		}

	}

}
