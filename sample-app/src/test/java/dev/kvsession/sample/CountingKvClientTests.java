package dev.kvsession.sample;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

class CountingKvClientTests {

	private static final List<String> KEYS = List.of("session:b", "session:a");

	private final KvCallCounter counter = new KvCallCounter();

	private final KvClient client = new CountingKvClient(new EmptyNamespace(), this.counter);

	@Test
	void countsEachCallOnceBulkCallsToo() {
		this.counter.begin(List.of("a"));
		this.client.get("session:a");
		this.client.getAll(KEYS);
		this.client.put(new KvPair("session:a", "1", null));
		this.client.putAll(KEYS.stream().map((key) -> new KvPair(key, "1", null)).toList());
		this.client.delete("session:a");
		this.client.deleteAll(KEYS);
		assertThat(this.counter.soFar()).isEqualTo(6);
	}

	@Test
	void countsACallWhicheverThreadSendsIt() {
		this.counter.begin(List.of("a"));
		CompletableFuture.runAsync(() -> this.client.get("session:a")).join();
		assertThat(this.counter.soFar()).isEqualTo(1);
	}

	@Test
	void countsACallThatBeganBeforeTheRequestAndEndedWithin() {
		CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
		new CountingKvClient(new EmptyNamespace(answer), this.counter).get("session:a");
		this.counter.begin(List.of("a"));
		assertThat(this.counter.soFar()).isZero();
		answer.completeExceptionally(new KvUnavailableException("KV is down", null));
		assertThat(this.counter.soFar()).isEqualTo(1);
	}

	@Test
	void otherSessionsAreNotItsCost() {
		this.counter.begin(List.of("a"));
		this.client.get("session:b");
		assertThat(this.counter.soFar()).isZero();
	}

	@Test
	void concurrentRequestsOfASessionWaitForOneCallTogether() {
		this.counter.begin(List.of("a"));
		int other = CompletableFuture.supplyAsync(() -> {
			this.counter.begin(List.of("a"));
			this.client.get("session:a");
			return this.counter.soFar();
		}).join();
		assertThat(other).isEqualTo(1);
		assertThat(this.counter.soFar()).isEqualTo(1);
	}

	@Test
	void workOutsideARequestIsNobodysCost() {
		this.client.get("session:a");
		this.counter.begin(List.of("a"));
		assertThat(this.counter.soFar()).isZero();
		this.counter.end();
		this.client.get("session:a");
		assertThat(this.counter.soFar()).isZero();
	}

	@Test
	@DisplayName("P10 what KV says of the token's limit passes through")
	void tellsTheLimit() {
		assertThat(this.client.rateLimit()).hasValue(EmptyNamespace.LIMIT);
	}

	private static final class EmptyNamespace implements KvClient {

		static final KvRateLimit LIMIT = new KvRateLimit(7, null);

		private final CompletionStage<Optional<String>> value;

		EmptyNamespace() {
			this(CompletableFuture.completedStage(Optional.empty()));
		}

		EmptyNamespace(CompletionStage<Optional<String>> value) {
			this.value = value;
		}

		@Override
		public CompletionStage<Optional<String>> get(String key) {
			return this.value;
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

		@Override
		public Optional<KvRateLimit> rateLimit() {
			return Optional.of(LIMIT);
		}

	}

}
