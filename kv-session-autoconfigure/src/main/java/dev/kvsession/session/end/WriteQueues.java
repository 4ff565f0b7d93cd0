package dev.kvsession.session.end;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.support.Stages;

/**
 * The write queue of each session: one write at a time, each at least a second after the
 * answer to the previous one. Safe for concurrent use.
 * <p>
 * KV allows one write a second to a key (developers.cloudflare.com/kv/platform/limits,
 * read 2026-11). The second counts from the answer, since only that tells that the write
 * has happened.
 */
public final class WriteQueues {

	public static final Duration SPACING = Duration.ofSeconds(1);

	private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

	private final KvScheduler scheduler;

	public WriteQueues(KvScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Runs a write when its turn has come. A cancelled write was not sent, so no pause
	 * follows it.
	 */
	public <T> CompletableFuture<T> enqueue(String id, Supplier<CompletionStage<T>> write) {
		CompletableFuture<T> done = new CompletableFuture<>();
		Runnable task = () -> run(id, write, done, this::written);
		this.queues.compute(id, (key, queue) -> Queue.orNew(queue).append(task));
		next(id);
		return done;
	}

	/**
	 * Runs something that does not write the session's own record: before all that waits
	 * and without the pause.
	 */
	public <T> CompletableFuture<T> enqueueUnspaced(String id, Supplier<CompletionStage<T>> action) {
		CompletableFuture<T> done = new CompletableFuture<>();
		Runnable task = () -> run(id, action, done, (queue, ex) -> proceed(queue));
		this.queues.compute(id, (key, queue) -> Queue.orNew(queue).appendUnspaced(task));
		next(id);
		return done;
	}

	/**
	 * Whether something runs or waits, or a write has succeeded within the second. The
	 * pause after a failed write does not count: the next may fail as well.
	 */
	public boolean isBusy(String id) {
		boolean[] busy = new boolean[1];
		this.queues.computeIfPresent(id, (key, queue) -> {
			busy[0] = queue.isBusy();
			return queue;
		});
		return busy[0];
	}

	/** The number of write queues in memory. */
	public int size() {
		return this.queues.size();
	}

	private static <T> void run(String id, Supplier<CompletionStage<T>> action, CompletableFuture<T> done,
			BiConsumer<String, @Nullable Throwable> ended) {
		Stages.start(action).whenComplete((result, ex) -> {
			try {
				ended.accept(id, Stages.unwrapNullable(ex));
			}
			finally {
				Stages.complete(done, result, ex);
			}
		});
	}

	/*
	 * Starts what may begin. A task that ends while it is being started lets this loop go
	 * on, and does not recurse: thousands may wait in one queue.
	 */
	private void next(String id) {
		for (Runnable task = begin(id); task != null; task = begin(id)) {
			try {
				// mutant: spacing-1
				task.run();
			}
			finally {
				this.queues.computeIfPresent(id, (key, queue) -> queue.started());
			}
		}
	}

	/* Takes what may begin; removes the queue if nothing is left of it. */
	private @Nullable Runnable begin(String id) {
		AtomicReference<@Nullable Runnable> begun = new AtomicReference<>();
		this.queues.computeIfPresent(id, (key, queue) -> {
			begun.set(queue.begin());
			return queue.isIdle() ? null : queue;
		});
		return begun.get();
	}

	private void written(String id, @Nullable Throwable failure) {
		if (failure instanceof CancellationException) {
			proceed(id);
			return;
		}
		// mutant: spacing-2
		this.queues.computeIfPresent(id, (key, queue) -> queue.ended().beginPause(failure != null));
		try {
			// mutant: spacing-3
			this.scheduler.schedule(() -> rested(id), SPACING);
		}
		catch (RejectedExecutionException ex) {
			// The scheduler is closed: what comes next fails with the client, but ends.
			rested(id);
		}
		next(id);
	}

	private void rested(String id) {
		this.queues.computeIfPresent(id, (key, queue) -> queue.endPause());
		next(id);
	}

	private void proceed(String id) {
		this.queues.computeIfPresent(id, (key, queue) -> queue.ended());
		next(id);
	}

	/**
	 * One session's queue, guarded by the map's lock: idle → running → pausing (1 s;
	 * unspaced tasks may run) → idle.
	 */
	private static final class Queue {

		private final Deque<Runnable> writes = new ArrayDeque<>();

		private final Deque<Runnable> unspaced = new ArrayDeque<>();

		private boolean running;

		private boolean starting;

		private boolean pausing;

		private boolean lastFailed;

		static Queue orNew(@Nullable Queue queue) {
			return (queue != null) ? queue : new Queue();
		}

		Queue append(Runnable task) {
			this.writes.add(task);
			return this;
		}

		Queue appendUnspaced(Runnable task) {
			this.unspaced.add(task);
			return this;
		}

		@Nullable Runnable begin() {
			if (this.running || this.starting) {
				return null;
			}
			Runnable task = this.unspaced.poll();
			if (task == null && !this.pausing) {
				task = this.writes.poll();
			}
			this.running = task != null;
			this.starting = this.running;
			this.lastFailed &= !this.running;
			return task;
		}

		Queue started() {
			this.starting = false;
			return this;
		}

		Queue ended() {
			this.running = false;
			return this;
		}

		boolean isBusy() {
			return this.running || !this.writes.isEmpty() || !this.unspaced.isEmpty()
					|| (this.pausing && !this.lastFailed);
		}

		Queue beginPause(boolean failed) {
			this.pausing = true;
			this.lastFailed = failed;
			return this;
		}

		Queue endPause() {
			this.pausing = false;
			return this;
		}

		boolean isIdle() {
			return !this.running && !this.starting && !this.pausing && this.writes.isEmpty() && this.unspaced.isEmpty();
		}

	}

}
