package dev.kvsession.benchmarks.memory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;

/**
 * A KV that makes each record up when it is read, so that a million of them take no
 * memory but the reader's. Keys end in {@code -} and the user's number.
 */
final class InventedKv implements KvClient {

	private final IntFunction<String> records;

	InventedKv(IntFunction<String> records) {
		this.records = records;
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		return CompletableFuture.completedFuture(Optional.ofNullable(record(key)));
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		Map<String, String> found = new LinkedHashMap<>();
		for (String key : keys) {
			String record = record(key);
			if (record != null) {
				found.put(key, record);
			}
		}
		return CompletableFuture.completedFuture(found);
	}

	private @Nullable String record(String key) {
		return key.startsWith("session:")
				? this.records.apply(Integer.parseInt(key.substring(key.lastIndexOf('-') + 1))) : null;
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		throw new UnsupportedOperationException("nothing is written");
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		throw new UnsupportedOperationException("nothing is written");
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		throw new UnsupportedOperationException("nothing is written");
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		throw new UnsupportedOperationException("nothing is written");
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		throw new UnsupportedOperationException("nothing is listed");
	}

}
