package dev.kvsession.client.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Keys to be read in one call, for all who have asked for them meanwhile.
 */
final class ReadItem extends Item {

	private final Set<String> keys;

	private final List<Reader<?>> readers = new ArrayList<>();

	ReadItem(Set<String> keys, KvCallClass callClass, long since) {
		super(CallKind.READ, callClass, since);
		this.keys = keys;
	}

	/**
	 * Reads a key that nobody writes, for the sake of whether it can be read.
	 * @param now nanoseconds
	 * @return the read, which nobody withdraws
	 */
	static ReadItem probe(long now) {
		ReadItem probe = new ReadItem(Set.of(Batch.PROBE), KvCallClass.LOGIN, now);
		probe.join(new CompletableFuture<>(), Function.identity());
		return probe;
	}

	/**
	 * Adds one who asked.
	 * @param <T> what they asked for
	 * @param future is told
	 * @param view what they want of what was found
	 */
	<T> void join(CompletableFuture<T> future, Function<Map<String, String>, T> view) {
		this.readers.add(new Reader<>(future, view));
	}

	@Override
	Set<String> keys() {
		return this.keys;
	}

	@Override
	long bytes() {
		return 0;
	}

	@Override
	boolean isWithdrawn() {
		return this.readers.stream().allMatch((reader) -> reader.future().isDone());
	}

	/**
	 * Whether another read of the same key can join it.
	 * @return whether it reads one key
	 */
	boolean isSingle() {
		return this.keys.size() == 1;
	}

	/**
	 * Tells who asked. Runs outside the engine's lock.
	 * @param found what KV had, of these keys and others
	 */
	void complete(Map<String, String> found) {
		Map<String, String> own = new HashMap<>();
		for (String key : this.keys) {
			String value = found.get(key);
			if (value != null) {
				own.put(key, value);
			}
		}
		this.readers.forEach((reader) -> reader.complete(own));
	}

	@Override
	void fail(Throwable failure) {
		this.readers.forEach((reader) -> reader.future().completeExceptionally(failure));
	}

	/**
	 * One who asked.
	 *
	 * @param <T> what they asked for
	 * @param future is told
	 * @param view what they want of what was found
	 */
	private record Reader<T>(CompletableFuture<T> future, Function<Map<String, String>, T> view) {

		void complete(Map<String, String> found) {
			this.future.complete(this.view.apply(found));
		}

	}

}
