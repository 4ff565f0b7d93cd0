package dev.kvsession.benchmarks.protection;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;

/**
 * A KV that answers at once, so that what is measured is the library's own. Safe for
 * concurrent use.
 */
final class MapKv implements KvClient {

	private final Map<String, String> stored = new ConcurrentHashMap<>();

	private final AtomicLong reads = new AtomicLong();

	long reads() {
		return this.reads.get();
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		this.reads.incrementAndGet();
		return CompletableFuture.completedFuture(Optional.ofNullable(this.stored.get(key)));
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		this.reads.incrementAndGet();
		Map<String, String> found = new HashMap<>();
		for (String key : keys) {
			String value = this.stored.get(key);
			if (value != null) {
				found.put(key, value);
			}
		}
		return CompletableFuture.completedFuture(found);
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		this.stored.put(pair.key(), pair.value());
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		pairs.forEach((pair) -> this.stored.put(pair.key(), pair.value()));
		return CompletableFuture.completedFuture(new KvBulkResult(Set.of()));
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		this.stored.remove(key);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		keys.forEach(this.stored::remove);
		return CompletableFuture.completedFuture(new KvBulkResult(Set.of()));
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		throw new UnsupportedOperationException("nothing is listed");
	}

}
