package dev.kvsession.session.index;

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
 * A client of the application whose listing is its own.
 */
final class ForeignListing implements KvClient {

	private final KvClient client;

	private final Listing listing;

	ForeignListing(KvClient client, Listing listing) {
		this.client = client;
		this.listing = listing;
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		return this.client.get(key);
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		return this.client.getAll(keys);
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		return this.client.put(pair);
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		return this.client.putAll(pairs);
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		return this.client.delete(key);
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		return this.client.deleteAll(keys);
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		return this.listing.list(prefix, cursor);
	}

	/**
	 * Lists.
	 */
	@FunctionalInterface
	interface Listing {

		CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor);

	}

}
