package dev.kvsession.sample;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimit;

/**
 * Tells of the calls that pass through it to another client when they are answered. A
 * bulk call is one. Safe for concurrent use.
 */
final class CountingKvClient implements KvClient {

	private final KvClient delegate;

	private final KvCallCounter counter;

	CountingKvClient(KvClient delegate, KvCallCounter counter) {
		this.delegate = delegate;
		this.counter = counter;
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		return counted(List.of(key), this.delegate.get(key));
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		return counted(keys, this.delegate.getAll(keys));
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		return counted(List.of(pair.key()), this.delegate.put(pair));
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		return counted(pairs.stream().map(KvPair::key).toList(), this.delegate.putAll(pairs));
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		return counted(List.of(key), this.delegate.delete(key));
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		return counted(keys, this.delegate.deleteAll(keys));
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		return this.delegate.list(prefix, cursor, limit);
	}

	@Override
	public Duration clockOffset() {
		return this.delegate.clockOffset();
	}

	@Override
	public Optional<KvRateLimit> rateLimit() {
		return this.delegate.rateLimit();
	}

	private <T> CompletionStage<T> counted(Collection<String> keys, CompletionStage<T> answer) {
		return answer.whenComplete((value, ex) -> this.counter.answered(keys));
	}

}
