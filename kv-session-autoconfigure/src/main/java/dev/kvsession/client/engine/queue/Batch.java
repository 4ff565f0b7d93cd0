package dev.kvsession.client.engine.queue;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;

/**
 * The content of one call. Immutable.
 *
 * @param kind what the call does
 * @param callClass the class the call is charged to
 * @param items its items; empty for a probe
 * @param sentAt when it is sent, in nanoseconds
 */
public record Batch(CallKind kind, KvCallClass callClass, List<Item> items, long sentAt) {

	/** A key that nobody writes. Any answer to its read shows that KV is there. */
	public static final String PROBE = "session:kv-engine-probe";

	/**
	 * Writes up to this number of pairs and bytes take no longer than others: a slow line
	 * carries them within two seconds.
	 */
	private static final int FEW_WRITES = 100;

	public static final long FEW_BYTES = 256 * 1024;

	/** KV's own limit of a page. */
	private static final int MOST_LISTED = 1000;

	public static Batch probe(long now) {
		return new Batch(CallKind.READ, KvCallClass.LOGIN, List.of(), now);
	}

	public boolean isProbe() {
		return this.items.isEmpty();
	}

	public Set<String> keys() {
		Set<String> keys = new LinkedHashSet<>();
		this.items.forEach((item) -> keys.addAll(item.keys()));
		return keys;
	}

	public boolean hasStrangers() {
		return this.items.stream().anyMatch(Item::isOfStranger);
	}

	/** The part of the keys that exist, 0 to 1. */
	public double foundPart(Map<String, String> found) {
		return 1 - (double) misses(found) / Math.max(1, keys().size());
	}

	/** Counts the unknown keys. */
	public int unknownIds() {
		return this.items.stream().filter(Item::isOfStranger).mapToInt((item) -> item.keys().size()).sum();
	}

	/** Counts the unknown keys that are absent. */
	public long misses(Map<String, String> found) {
		return this.items.stream()
			.filter(Item::isOfStranger)
			.flatMap((item) -> item.keys().stream())
			.filter((key) -> !found.containsKey(key))
			.count();
	}

	/** Whether it writes so much that it may take long although KV works. */
	public boolean isLarge() {
		return !this.kind.isRead()
				&& (this.items.size() > FEW_WRITES || this.items.stream().mapToLong(Item::bytes).sum() > FEW_BYTES);
	}

	public String label() {
		return isAlone() ? this.kind.one() : this.kind.many();
	}

	private boolean isAlone() {
		return this.items.size() <= 1;
	}

	public CompletionStage<Answer> send(KvClient client) {
		return switch (this.kind) {
			case READ -> read(client);
			case LIST -> list(client);
			case PUT -> put(client);
			case DELETE -> delete(client);
		};
	}

	private CompletionStage<Answer> read(KvClient client) {
		return client.getAll(isProbe() ? Set.of(PROBE) : keys())
			.thenApply((found) -> new Answer(Map.copyOf(found), Set.of(), null));
	}

	private CompletionStage<Answer> list(KvClient client) {
		Item item = this.items.get(0);
		return client.list(item.key(), item.cursor(), MOST_LISTED)
			.thenApply((page) -> new Answer(Map.of(), Set.of(), page));
	}

	private CompletionStage<Answer> put(KvClient client) {
		List<KvPair> pairs = this.items.stream().map(Item::pair).toList();
		return isAlone() ? client.put(pairs.get(0)).thenApply((done) -> Answer.ALL_DONE)
				: client.putAll(pairs).thenApply((result) -> new Answer(Map.of(), result.unsuccessfulKeys(), null));
	}

	private CompletionStage<Answer> delete(KvClient client) {
		Collection<String> keys = keys();
		return isAlone() ? client.delete(keys.iterator().next()).thenApply((done) -> Answer.ALL_DONE)
				: client.deleteAll(keys).thenApply((result) -> new Answer(Map.of(), result.unsuccessfulKeys(), null));
	}

	@Override
	public String toString() {
		return "Batch[" + label() + " of " + this.items.size() + "]";
	}

	/** KV's answer to a call; of a listing, the page. Immutable. */
	public record Answer(Map<String, String> found, Set<String> undone, @Nullable KvKeyPage page) {

		public static final Answer ALL_DONE = new Answer(Map.of(), Set.of(), null);

		@Override
		public String toString() {
			return "Answer[" + this.found.size() + " found, " + this.undone.size() + " undone]";
		}

	}

}
