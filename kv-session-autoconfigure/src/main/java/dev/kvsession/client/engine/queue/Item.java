package dev.kvsession.client.engine.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * One request to the engine: keys to read together, a prefix to list, a pair to write or
 * a key to delete. Guarded by the engine's lock, except {@link #complete} and
 * {@link #fail}.
 */
public final class Item {

	/** Names of the fields, their quotation marks, the lifetime. */
	private static final int AROUND = 100;

	private static final int ESCAPED_CONTROL = 6;

	private static final int ESCAPED = 2;

	private static final int LONGEST_CHAR = 3;

	private final CallKind kind;

	private final Set<String> keys;

	private final @Nullable KvPair pair;

	private final @Nullable String cursor;

	private final long bytes;

	private final List<Caller<?>> callers = new ArrayList<>(1);

	private long since;

	private KvCallClass callClass;

	private Place place = Place.NOWHERE;

	private boolean sent;

	private long notBefore;

	private long number;

	private int failures;

	private int conflicts;

	private boolean repeatedAtOnce;

	private boolean outcomeOpen;

	private Item(CallKind kind, Set<String> keys, @Nullable KvPair pair, @Nullable String cursor, KvCallClass callClass,
			long since) {
		this.kind = kind;
		this.keys = keys;
		this.pair = pair;
		this.cursor = cursor;
		this.bytes = (pair != null) ? AROUND + json(pair.key()) + json(pair.value()) + json(pair.metadata()) : 0;
		this.callClass = callClass;
		this.since = since;
	}

	public static Item read(Set<String> keys, KvCallClass callClass, long since) {
		return new Item(CallKind.READ, keys, null, null, callClass, since);
	}

	public static Item put(KvPair pair, KvCallClass callClass, long since) {
		return new Item(CallKind.PUT, Set.of(pair.key()), pair, null, callClass, since);
	}

	public static Item delete(String key, KvCallClass callClass, long since) {
		return new Item(CallKind.DELETE, Set.of(key), null, null, callClass, since);
	}

	/** Lists one page; the prefix counts as its key. */
	public static Item list(String prefix, @Nullable String cursor, KvCallClass callClass, long since) {
		return new Item(CallKind.LIST, Set.of(prefix), null, cursor, callClass, since);
	}

	private static long json(@Nullable String text) {
		long bytes = 0;
		for (int i = 0; text != null && i < text.length(); i++) {
			bytes += json(text.charAt(i));
		}
		return bytes;
	}

	private static int json(char character) {
		if (character < ' ') {
			return ESCAPED_CONTROL;
		}
		if (character == '"' || character == '\\') {
			return ESCAPED;
		}
		return (character < 0x80) ? 1 : LONGEST_CHAR;
	}

	public <T> void join(CompletableFuture<T> future, Function<Batch.Answer, T> view) {
		this.callers.add(new Caller<>(future, view));
	}

	public Set<String> keys() {
		return this.keys;
	}

	/** Returns the key of an item that has one. */
	public String key() {
		return this.keys.iterator().next();
	}

	KvPair pair() {
		if (this.pair == null) {
			throw new IllegalStateException("Only a write has a pair");
		}
		return this.pair;
	}

	@Nullable String cursor() {
		return this.cursor;
	}

	/** The pair's bytes of JSON in a bulk write, rather too many than too few. */
	public long bytes() {
		return this.bytes;
	}

	public CallKind kind() {
		return this.kind;
	}

	public boolean isRead() {
		return this.kind.isRead();
	}

	/** Whether other callers can join: it reads a single key. */
	public boolean isJoinable() {
		return this.kind == CallKind.READ && this.keys.size() == 1;
	}

	/** Whether it reads keys that may be guesses. */
	boolean isOfStranger() {
		return this.kind == CallKind.READ && this.callClass == KvCallClass.UNKNOWN_ID;
	}

	public KvCallClass callClass() {
		return this.callClass;
	}

	void promote(KvCallClass better, long now) {
		this.callClass = better;
		this.since = now;
	}

	/** When it was submitted with its present class. */
	public long since() {
		return this.since;
	}

	public Place place() {
		return this.place;
	}

	void place(Place place) {
		this.sent |= place == Place.UNDER_WAY;
		this.place = place;
	}

	public boolean isSent() {
		return this.sent;
	}

	long notBefore() {
		return this.notBefore;
	}

	/** Orders repetitions that are due at the same time. */
	long number() {
		return this.number;
	}

	void repeatAt(long nanos, long number) {
		this.notBefore = nanos;
		this.number = number;
	}

	public int countFailure() {
		return ++this.failures;
	}

	public int countConflict() {
		return ++this.conflicts;
	}

	/** Whether it was repeated without a wait, which happens once. */
	public boolean isRepeatedAtOnce() {
		return this.repeatedAtOnce;
	}

	public void repeatAtOnce() {
		this.repeatedAtOnce = true;
	}

	/** Whether an answer was lost, so that the write may have happened. */
	public boolean isOutcomeOpen() {
		return this.outcomeOpen;
	}

	public void openOutcome() {
		this.outcomeOpen = true;
	}

	/** Whether all callers have cancelled. */
	public boolean isWithdrawn() {
		return this.callers.stream().allMatch(Caller::isGone);
	}

	/** Completes the callers' futures. Runs outside the engine's lock. */
	public void complete(Batch.Answer answer) {
		Map<String, String> own = new HashMap<>();
		for (String key : this.keys) {
			String value = answer.found().get(key);
			if (value != null) {
				own.put(key, value);
			}
		}
		Batch.Answer part = new Batch.Answer(own, Set.of(), answer.page());
		this.callers.forEach((caller) -> caller.complete(part));
	}

	/** Fails the callers' futures. Runs outside the engine's lock. */
	public void fail(Throwable failure) {
		this.callers.forEach((caller) -> caller.future().completeExceptionally(failure));
	}

	private record Caller<T>(CompletableFuture<T> future, Function<Batch.Answer, T> view) {

		boolean isGone() {
			return (this.future instanceof WriteFuture write) ? write.withdrawn : this.future.isDone();
		}

		void complete(Batch.Answer answer) {
			this.future.complete(this.view.apply(answer));
		}

	}

	/**
	 * Cancelling a write withdraws it but does not end its future: a write in flight
	 * takes effect, and the caller has to wait a second before the next.
	 */
	public static final class WriteFuture extends CompletableFuture<Void> {

		private final Runnable withdrawal;

		private volatile boolean withdrawn;

		public WriteFuture(Runnable withdrawal) {
			this.withdrawal = withdrawal;
		}

		/** The future of writes that are sent together; ends when all have ended. */
		public static WriteFuture ofAll(List<WriteFuture> parts) {
			WriteFuture all = new WriteFuture(() -> parts.forEach((part) -> part.cancel(false)));
			CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).whenComplete((done, ex) -> all.end(parts));
			return all;
		}

		private Optional<Throwable> failure() {
			return handle((done, ex) -> Optional.ofNullable(ex)).join();
		}

		@SuppressWarnings("NullAway")
		private void end(List<WriteFuture> parts) {
			Optional<Throwable> failure = parts.stream()
				.flatMap((part) -> part.failure().stream())
				.min(Comparator.comparing(CancellationException.class::isInstance));
			if (failure.isEmpty()) {
				complete(null);
			}
			else if (failure.get() instanceof CancellationException
					&& parts.stream().anyMatch((part) -> part.failure().isEmpty())) {
				completeExceptionally(new KvUnknownOutcomeException(
						"A write of several keys was withdrawn after a part of it was sent", null));
			}
			else {
				completeExceptionally(failure.get());
			}
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			this.withdrawn = true;
			this.withdrawal.run();
			return isCancelled();
		}

	}

	/** Where an item is. It is queued in all places except the first and the last. */
	public enum Place {

		/** New, or over. */
		NOWHERE,

		/** Behind another write of its key. */
		BEHIND,

		/** Ready for the next call. */
		READY,

		/** Waits to be repeated. */
		LATER,

		/** In a part of a batch that was refused as a whole. */
		APART,

		/** In a call without answer. */
		UNDER_WAY;

		public boolean isWaiting() {
			return this != NOWHERE && this != UNDER_WAY;
		}

	}

}
