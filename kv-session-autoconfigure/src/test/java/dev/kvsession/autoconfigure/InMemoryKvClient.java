package dev.kvsession.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;

/**
 * A client that a user might supply: KV in a map.
 */
public class InMemoryKvClient implements KvClient {

	private final Map<String, KvPair> pairs = new ConcurrentHashMap<>();

	Map<String, KvPair> pairs() {
		return this.pairs;
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		return CompletableFuture.completedFuture(Optional.ofNullable(this.pairs.get(key)).map(KvPair::value));
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		Map<String, String> found = new TreeMap<>();
		this.pairs.forEach((key, pair) -> {
			if (keys.contains(key)) {
				found.put(key, pair.value());
			}
		});
		return CompletableFuture.completedFuture(found);
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		this.pairs.put(pair.key(), pair);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		pairs.forEach(this::put);
		return CompletableFuture.completedFuture(new KvBulkResult(Set.of()));
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		this.pairs.remove(key);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		keys.forEach(this::delete);
		return CompletableFuture.completedFuture(new KvBulkResult(Set.of()));
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, String cursor, int limit) {
		List<KvKeyPage.Key> keys = this.pairs.keySet()
			.stream()
			.filter((key) -> key.startsWith(prefix))
			.map((key) -> new KvKeyPage.Key(key, null, null))
			.toList();
		return CompletableFuture.completedFuture(new KvKeyPage(keys, null));
	}

}
