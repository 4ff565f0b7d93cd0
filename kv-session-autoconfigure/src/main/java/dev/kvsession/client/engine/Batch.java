package dev.kvsession.client.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvPair;

/**
 * What one call carries. Immutable.
 *
 * @param kind what the call does
 * @param callClass whose turn it is
 * @param items what is asked, in the order in which it fits; empty for a probe
 */
record Batch(CallKind kind, KvCallClass callClass, List<Item> items) {

	/**
	 * A key that nobody writes. Every answer tells as much as a value would: KV is there.
	 */
	static final String PROBE = "session:kv-engine-probe";

	/**
	 * Writes of so many pairs and bytes take KV as long as others do: a slow line carries
	 * them within a second or two.
	 */
	private static final int FEW_WRITES = 100;

	static final long FEW_BYTES = 256 * 1024;

	/**
	 * A call that finds out whether KV is there.
	 * @return the call
	 */
	static Batch probe() {
		return new Batch(CallKind.READ, KvCallClass.LOGIN, List.of());
	}

	boolean isProbe() {
		return this.items.isEmpty();
	}

	Set<String> keys() {
		Set<String> keys = new LinkedHashSet<>();
		this.items.forEach((item) -> keys.addAll(item.keys()));
		return keys;
	}

	/**
	 * Whether some of its keys may be guesses.
	 * @return whether they may
	 */
	boolean hasStrangers() {
		return this.items.stream().anyMatch(Batch::isStranger);
	}

	private static boolean isStranger(Item item) {
		return item.kind() == CallKind.READ && item.callClass() == KvCallClass.STRANGER;
	}

	/**
	 * Tells which part of the call was spent on what exists.
	 * @param found what KV had
	 * @return 0 to 1
	 */
	double foundPart(Map<String, String> found) {
		return 1 - (double) misses(found) / Math.max(1, keys().size());
	}

	/**
	 * Counts the keys that may be guesses.
	 * @return how many
	 */
	int strangers() {
		return this.items.stream().filter(Batch::isStranger).mapToInt((item) -> item.keys().size()).sum();
	}

	/**
	 * Counts the keys that may be guesses and are not there.
	 * @param found what KV had
	 * @return how many
	 */
	long misses(Map<String, String> found) {
		return this.items.stream()
			.filter(Batch::isStranger)
			.flatMap((item) -> item.keys().stream())
			.filter((key) -> !found.containsKey(key))
			.count();
	}

	/**
	 * Whether it writes so much that it may take long though KV is well.
	 * @return whether it does
	 */
	boolean isLarge() {
		return this.kind != CallKind.READ
				&& (this.items.size() > FEW_WRITES || this.items.stream().mapToLong(Item::bytes).sum() > FEW_BYTES);
	}

	String label() {
		return isAlone() ? this.kind.one() : this.kind.many();
	}

	/**
	 * Whether the call for one key does.
	 * @return whether it does
	 */
	private boolean isAlone() {
		return this.items.size() <= 1;
	}

	CompletionStage<BatchAnswer> send(KvClient client) {
		return switch (this.kind) {
			case READ -> read(client);
			case PUT -> put(client);
			case DELETE -> delete(client);
		};
	}

	private CompletionStage<BatchAnswer> read(KvClient client) {
		return client.getAll(isProbe() ? Set.of(PROBE) : keys())
			.thenApply((found) -> BatchAnswer.found(Map.copyOf(found)));
	}

	private CompletionStage<BatchAnswer> put(KvClient client) {
		List<KvPair> pairs = this.items.stream().map((item) -> ((WriteItem) item).pair()).toList();
		return isAlone() ? client.put(pairs.get(0)).thenApply((done) -> BatchAnswer.ALL_DONE)
				: client.putAll(pairs).thenApply((result) -> BatchAnswer.undone(result.unsuccessfulKeys()));
	}

	private CompletionStage<BatchAnswer> delete(KvClient client) {
		Collection<String> keys = keys();
		return isAlone() ? client.delete(keys.iterator().next()).thenApply((done) -> BatchAnswer.ALL_DONE)
				: client.deleteAll(keys).thenApply((result) -> BatchAnswer.undone(result.unsuccessfulKeys()));
	}

	@Override
	public String toString() {
		return "Batch[" + label() + " of " + this.items.size() + "]";
	}

}
