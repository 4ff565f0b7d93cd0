package dev.kvsession.sample;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;

/**
 * Counts the calls that pass through it to another client. A bulk call counts as one.
 * Safe for concurrent use.
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
		this.counter.count();
		return this.delegate.get(key);
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		this.counter.count();
		return this.delegate.getAll(keys);
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		this.counter.count();
		return this.delegate.put(pair);
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		this.counter.count();
		return this.delegate.putAll(pairs);
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		this.counter.count();
		return this.delegate.delete(key);
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		this.counter.count();
		return this.delegate.deleteAll(keys);
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		this.counter.count();
		return this.delegate.list(prefix, cursor, limit);
	}

}
