package dev.kvsession.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvScheduler;

/**
 * Orders the writes of each session: one at a time, each beginning at least a second
 * after the answer to the previous one. Safe for concurrent use.
 * <p>
 * KV allows one write a second to a key (developers.cloudflare.com/kv/platform/limits,
 * read 2026-11). The spacing counts from the answer, because only the answer tells that
 * the write has happened.
 */
final class WriteLanes {

	static final Duration SPACING = Duration.ofSeconds(1);

	private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();

	private final KvScheduler scheduler;

	WriteLanes(KvScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Runs a write when its turn has come.
	 * @param <T> the write's result
	 * @param id the session's id
	 * @param write starts the write
	 * @return the write's outcome
	 */
	<T> CompletableFuture<T> enqueue(String id, Supplier<CompletionStage<T>> write) {
		CompletableFuture<T> done = new CompletableFuture<>();
		Runnable task = () -> Stages.start(write).whenComplete((result, ex) -> {
			try {
				finished(id);
			}
			finally {
				complete(done, result, ex);
			}
		});
		boolean[] first = new boolean[1];
		this.lanes.compute(id, (key, lane) -> {
			first[0] = (lane == null);
			Lane open = (lane != null) ? lane : new Lane();
			open.waiting.add(task);
			return open;
		});
		if (first[0]) {
			next(id);
		}
		return done;
	}

	/**
	 * How many sessions have a write that runs, waits or has just ended.
	 * @return the number of lanes in memory
	 */
	int size() {
		return this.lanes.size();
	}

	/*
	 * Starts the first waiting write, or closes the lane if none waits.
	 */
	private void next(String id) {
		Runnable[] task = new Runnable[1];
		this.lanes.computeIfPresent(id, (key, lane) -> {
			task[0] = lane.waiting.poll();
			return (task[0] != null) ? lane : null;
		});
		if (task[0] != null) {
			task[0].run();
		}
	}

	private void finished(String id) {
		try {
			this.scheduler.schedule(() -> next(id), SPACING);
		}
		catch (RejectedExecutionException ex) {
			// The scheduler is closed: what comes next fails with the client, but ends.
			next(id);
		}
	}

	private static <T> void complete(CompletableFuture<T> done, @Nullable T result, @Nullable Throwable ex) {
		if (ex != null) {
			done.completeExceptionally(Stages.unwrap(ex));
		}
		else {
			done.complete(result);
		}
	}

	/**
	 * One session's queue; it exists while a write runs, waits or has just ended.
	 */
	private static final class Lane {

		private final Deque<Runnable> waiting = new ArrayDeque<>();

	}

}
