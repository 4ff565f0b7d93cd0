package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvLimits;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.client.engine.queue.Batch;
import dev.kvsession.client.engine.queue.Item;

/**
 * Batches, paces and retries the session store's requests to KV. Keeps to the call
 * budget, and makes no calls while KV is down or blocks the token. No method blocks. Safe
 * for concurrent use.
 * <p>
 * All stages fail with a {@link dev.kvsession.client.KvException}, or with what a client
 * that is not this library's own throws. Keys are as in {@link KvClient}; others are
 * rejected with {@link IllegalArgumentException}. Writes and deletes of one key are sent
 * one after the other, in the order of the calls; the caller keeps the second between
 * them that KV demands.
 * <p>
 * After a transient failure, reads are repeated twice within two seconds, and writes and
 * deletes one and two seconds later; writes that KV refuses because of the key's rate a
 * few times more. Cancelling a stage withdraws a queued request; a call in flight is not
 * repeated, and a write in flight still ends with its answer. A withdrawn stage fails
 * with {@link java.util.concurrent.CancellationException} if it was never sent. Stages
 * complete on the client's or the scheduler's threads.
 */
public final class KvEngine implements AutoCloseable {

	/** Half of the default read time-out. */
	private static final Duration SLOW_CALL = Duration.ofMillis(2500);

	private final KvBudget budget;

	private final KvRuntime runtime;

	private final long origin;

	private final Dispatch dispatch;

	private final Sender sender;

	/**
	 * Creates an engine. It does nothing before it is asked.
	 * @param client sends each call once; not closed by the engine
	 * @param budget this instance's call budget
	 * @param runtime clock, scheduler and jitter
	 * @param observer observes each call
	 */
	public KvEngine(KvClient client, KvBudget budget, KvRuntime runtime, KvCallObserver observer) {
		this(client, budget, runtime, observer, SLOW_CALL);
	}

	/**
	 * Creates an engine. It does nothing before it is asked.
	 * @param client sends each call once; not closed by the engine
	 * @param budget this instance's call budget
	 * @param runtime clock, scheduler and jitter
	 * @param observer observes each call
	 * @param slowCall from which duration the circuit breaker counts a call as failed,
	 * except a large write; positive
	 */
	public KvEngine(KvClient client, KvBudget budget, KvRuntime runtime, KvCallObserver observer, Duration slowCall) {
		Assert.isTrue(!slowCall.isNegative() && !slowCall.isZero(), "'slowCall' must be positive");
		this.budget = budget;
		this.runtime = runtime;
		this.origin = runtime.nanoTime().getAsLong();
		this.dispatch = new Dispatch(Pace.of(budget, now()), runtime, slowCall, this::now, this::wake);
		this.sender = new Sender(client, observer, runtime.scheduler());
	}

	/**
	 * Reads one value, in one call with others that are requested at the same time.
	 * @param key the key
	 * @param callClass its priority class
	 * @return the value, or empty if KV has none; as stale as KV's reads are
	 */
	public CompletableFuture<Optional<String>> get(String key, KvCallClass callClass) {
		KvLimits.checkKey(key);
		return read(Set.of(key), callClass, (found) -> Optional.ofNullable(found.get(key)));
	}

	/**
	 * Reads a few values in one call, so that they are of about the same age.
	 * @param keys 1 to 100 keys
	 * @param callClass its priority class
	 * @return the values found by key
	 */
	public CompletableFuture<Map<String, String>> getAll(Collection<String> keys, KvCallClass callClass) {
		Set<String> copy = new LinkedHashSet<>(keys);
		copy.forEach(KvLimits::checkKey);
		Assert.isTrue(!copy.isEmpty() && copy.size() <= KvLimits.MAX_BULK_GET_KEYS,
				() -> "'keys' must be 1 to 100 keys, but are " + copy.size());
		return read(copy, callClass, Map::copyOf);
	}

	private <T> CompletableFuture<T> read(Set<String> keys, KvCallClass callClass,
			Function<Map<String, String>, T> view) {
		CompletableFuture<T> future = new CompletableFuture<>();
		take(() -> {
			Item fresh = Item.read(keys, callClass, now());
			Item joined = fresh.isJoinable() ? this.dispatch.waiting().join(fresh.key(), callClass, now()) : null;
			Item item = (joined != null) ? joined : fresh;
			item.join(future, (answer) -> view.apply(answer.found()));
			if (joined == null) {
				this.dispatch.submit(item);
			}
			withdrawIfCancelled(future, item);
		});
		return future;
	}

	private void withdrawIfCancelled(CompletableFuture<?> future, Item item) {
		future.whenComplete((value, failure) -> {
			if (failure != null && !(failure instanceof KvException)) {
				take(() -> this.dispatch.withdrawn(item));
			}
		});
	}

	/**
	 * Lists keys by prefix, one page of up to 1000.
	 * @param prefix the prefix
	 * @param cursor the previous page's cursor, or {@code null} for the first page
	 * @param callClass its priority class
	 * @return the page; as stale as KV's reads are. Repeated like a read
	 */
	public CompletableFuture<KvKeyPage> list(String prefix, @Nullable String cursor, KvCallClass callClass) {
		CompletableFuture<KvKeyPage> future = new CompletableFuture<>();
		take(() -> {
			Item item = Item.list(prefix, cursor, callClass, now());
			item.join(future, (answer) -> Objects.requireNonNull(answer.page()));
			this.dispatch.submit(item);
			withdrawIfCancelled(future, item);
		});
		return future;
	}

	/**
	 * Writes one pair, in one call with others that are written at the same time.
	 * @param pair what to write
	 * @param callClass its priority class
	 * @return completes when KV has acknowledged the write; fails with
	 * {@link dev.kvsession.client.KvUnknownOutcomeException} if an answer was lost and no
	 * later try succeeded
	 */
	public CompletableFuture<Void> put(KvPair pair, KvCallClass callClass) {
		KvException refusal = KvLimits.refusal(pair);
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		return write(List.of(Item.put(pair, callClass, now())));
	}

	/**
	 * Writes pairs together, in one call unless another write of one of the keys is under
	 * way.
	 * @param pairs what to write, at least one
	 * @param callClass their priority class
	 * @return completes when KV has acknowledged all; fails as {@link #put} if it has not
	 * acknowledged one of them
	 */
	public CompletableFuture<Void> putAll(List<KvPair> pairs, KvCallClass callClass) {
		Optional<KvException> refusal = pairs.stream().map(KvLimits::refusal).flatMap(Stream::ofNullable).findFirst();
		return refusal.isPresent() ? CompletableFuture.failedFuture(refusal.get())
				: write(pairs.stream().map((pair) -> Item.put(pair, callClass, now())).toList());
	}

	/**
	 * Deletes one key, in one call with others that are deleted at the same time.
	 * @param key the key
	 * @param callClass its priority class
	 * @return completes when KV has acknowledged the delete, also of an absent key; fails
	 * as {@link #put}
	 */
	public CompletableFuture<Void> delete(String key, KvCallClass callClass) {
		return deleteAll(List.of(key), callClass);
	}

	/**
	 * Deletes keys together, in one call unless a write of one of them is under way.
	 * @param keys the keys, at least one
	 * @param callClass their priority class
	 * @return completes when KV has acknowledged all; fails as {@link #put}
	 */
	public CompletableFuture<Void> deleteAll(List<String> keys, KvCallClass callClass) {
		keys.forEach(KvLimits::checkKey);
		return write(keys.stream().map((key) -> Item.delete(key, callClass, now())).toList());
	}

	private CompletableFuture<Void> write(List<Item> items) {
		List<Item.WriteFuture> futures = items.stream().map(this::future).toList();
		take(() -> items.forEach(this.dispatch::submit));
		return (futures.size() == 1) ? futures.get(0) : Item.WriteFuture.ofAll(futures);
	}

	// A Void has no other value than null.
	@SuppressWarnings("NullAway")
	private Item.WriteFuture future(Item item) {
		Item.WriteFuture future = new Item.WriteFuture(() -> take(() -> this.dispatch.withdrawn(item)));
		item.join(future, (answer) -> null);
		return future;
	}

	/**
	 * Whether calls are made at present: KV is neither down nor blocking the token.
	 * @return whether they are
	 */
	public boolean isAvailable() {
		synchronized (this.dispatch) {
			return this.dispatch.isAvailable();
		}
	}

	/**
	 * Whether KV answers in time and the budget does not delay the next call for long. If
	 * so, requests wait only because there are many.
	 * @param time how long a call may take, and how long the next may have to wait;
	 * positive
	 * @return whether a call was served within that time lately, and the next leaves
	 * within that time or with the next answer
	 */
	public boolean isKeepingUp(Duration time) {
		synchronized (this.dispatch) {
			return this.dispatch.isKeepingUp(time);
		}
	}

	/**
	 * Whether many unknown keys were read lately and most of them were absent.
	 * @return whether somebody guesses keys
	 */
	public boolean isGuessedAt() {
		synchronized (this.dispatch) {
			return this.dispatch.isGuessedAt();
		}
	}

	/**
	 * Whether KV has accepted the API token since this engine was created, and not
	 * refused it since. Only then is the token known to be a real secret.
	 * @return whether it has; {@code false} until a call has succeeded
	 */
	public boolean isTokenAccepted() {
		synchronized (this.dispatch) {
			return this.dispatch.gate().isTokenAccepted();
		}
	}

	/**
	 * Waits for KV to come back.
	 * @return completes when calls are made again, at once if they are; fails with
	 * {@link dev.kvsession.client.KvUnavailableException} if the engine is closed before
	 */
	public CompletableFuture<Void> whenAvailable() {
		CompletableFuture<Void> future = new CompletableFuture<>();
		take(() -> this.dispatch.gate().awaitOpen(future));
		return future;
	}

	/**
	 * Returns how far KV's clock is ahead of this machine's, see
	 * {@link KvClient#clockOffset()}.
	 * @return the difference, negative if this machine's clock is ahead
	 */
	public Duration clockOffset() {
		return this.sender.clockOffset();
	}

	/**
	 * Returns the engine's status.
	 * @return the status at this moment
	 */
	public KvEngineStatus status() {
		synchronized (this.dispatch) {
			return this.dispatch.status(this.budget);
		}
	}

	/** Fails queued and later requests. Calls in flight are answered, not repeated. */
	@Override
	public void close() {
		take(this.dispatch::close);
	}

	/*
	 * An event changes the state under the lock. Calls are made and futures completed
	 * outside of it, since both run foreign code. A call that ends at once is handled
	 * next here, not in a nested step: a client may answer thousands on this thread.
	 */
	private void take(Runnable event) {
		Deque<Runnable> todo = new ArrayDeque<>();
		take(event, todo);
		run(todo);
	}

	private void take(Runnable event, Deque<Runnable> todo) {
		List<Runnable> effects;
		synchronized (this.dispatch) {
			event.run();
			effects = this.dispatch.step((batch) -> send(batch, todo));
		}
		for (int i = effects.size() - 1; i >= 0; i--) {
			todo.push(effects.get(i));
		}
	}

	private void send(Batch batch, Deque<Runnable> todo) {
		Sender.Ended already = this.sender.send(batch, (later) -> take(() -> this.dispatch.ended(later)));
		if (already != null) {
			take(() -> this.dispatch.ended(already), todo);
		}
	}

	// If one throws, the others must still run.
	private static void run(Deque<Runnable> todo) {
		while (!todo.isEmpty()) {
			Runnable next = todo.pop();
			try {
				next.run();
			}
			catch (RuntimeException | Error ex) {
				run(todo);
				throw ex;
			}
		}
	}

	private void wake() {
		take(this.dispatch::rang);
	}

	private long now() {
		return this.runtime.nanoTime().getAsLong() - this.origin;
	}

}
