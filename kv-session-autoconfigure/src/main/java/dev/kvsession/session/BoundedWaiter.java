package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.web.SessionRequest;

/**
 * Waits on behalf of requests, and bounds how many wait for KV longer than the soft
 * timeout: slow KV must not hold all threads of the server. Waits outside a request do
 * not count, and waits that are long only because of many requests do not count either.
 * Safe for concurrent use.
 */
final class BoundedWaiter implements StageWaiter {

	/**
	 * KV is slow if a call takes so many soft timeouts: at the start, or while this
	 * machine is busy, a call takes longer than KV does.
	 */
	private static final int TOLERANCE = 2;

	/**
	 * A timer that is late by more than this part of a soft timeout shows that this
	 * machine is busy, or has collected garbage.
	 */
	private static final int LATE = 5;

	/**
	 * A machine that is always busy must not let all wait: after so many soft timeouts KV
	 * counts as slow.
	 */
	private static final int MOST_LATE = 10;

	private final AtomicInteger waiting = new AtomicInteger();

	private final StageWaiter waiter;

	private final KvScheduler scheduler;

	private final LongSupplier nanoTime;

	private final Predicate<Duration> keepingUp;

	private final Duration softTimeout;

	private final Duration inTime;

	private final int most;

	private final KvSessionStatistics statistics;

	BoundedWaiter(SessionRuntime runtime, SessionSettings settings, Predicate<Duration> keepingUp) {
		this.waiter = runtime.waiter();
		this.scheduler = runtime.scheduler();
		this.nanoTime = runtime.nanoTime();
		this.keepingUp = keepingUp;
		this.softTimeout = settings.nearCache.softTimeout();
		this.inTime = this.softTimeout.multipliedBy(TOLERANCE);
		this.most = settings.maxWaitingRequests;
		this.statistics = settings.statistics;
	}

	@Override
	public <T> T await(CompletableFuture<T> future) {
		SessionRequest request = SessionRequest.current();
		if (request == null || future.isDone()) {
			return this.waiter.await(future);
		}
		Wait<T> wait = new Wait<>(future);
		try {
			return this.waiter.await(wait.outcome);
		}
		catch (KvException ex) {
			if (ex == wait.refusal) {
				request.failed(ex);
			}
			throw ex;
		}
	}

	/**
	 * Waits as {@link #await} does, but where that is rejected goes on without the
	 * outcome, which comes all the same.
	 */
	void awaitIfPossible(CompletableFuture<Void> future) {
		if (SessionRequest.current() == null || future.isDone()) {
			this.waiter.await(future);
			return;
		}
		Wait<Void> wait = new Wait<>(future);
		try {
			this.waiter.await(wait.outcome);
		}
		catch (KvException ex) {
			if (ex != wait.refusal) {
				throw ex;
			}
		}
	}

	/** A request that waits. */
	private final class Wait<T> {

		private final CompletableFuture<T> outcome = new CompletableFuture<>();

		private volatile @Nullable KvException refusal;

		private volatile @Nullable Future<?> next;

		private long planned;

		private int late;

		Wait(CompletableFuture<T> future) {
			future.whenComplete((result, ex) -> {
				Stages.complete(this.outcome, result, ex);
				Future<?> planned = this.next;
				if (planned != null) {
					planned.cancel(false);
				}
			});
			plan();
		}

		private void plan() {
			this.planned = BoundedWaiter.this.nanoTime.getAsLong() + BoundedWaiter.this.softTimeout.toNanos();
			try {
				this.next = BoundedWaiter.this.scheduler.schedule(this::tooLong, BoundedWaiter.this.softTimeout);
			}
			catch (RejectedExecutionException ex) {
				// The scheduler is closed; what is waited for ends with the client.
			}
		}

		private void tooLong() {
			if (this.outcome.isDone()) {
				return;
			}
			if (isLate() || BoundedWaiter.this.keepingUp.test(BoundedWaiter.this.inTime)) {
				plan();
			}
			else if (BoundedWaiter.this.waiting.incrementAndGet() <= BoundedWaiter.this.most) {
				this.outcome.whenComplete((result, ex) -> BoundedWaiter.this.waiting.decrementAndGet());
			}
			else {
				BoundedWaiter.this.waiting.decrementAndGet();
				refuse();
			}
		}

		private boolean isLate() {
			long late = BoundedWaiter.this.nanoTime.getAsLong() - this.planned;
			return late > BoundedWaiter.this.softTimeout.toNanos() / LATE && ++this.late <= MOST_LATE;
		}

		private void refuse() {
			KvException failure = new KvUnavailableException(
					"KV answers slowly, and " + BoundedWaiter.this.most + " requests wait for it already "
							+ "(cloudflare.kv.session.max-waiting-requests). Try again later",
					null);
			this.refusal = failure;
			if (this.outcome.completeExceptionally(failure)) {
				BoundedWaiter.this.statistics.add(KvSessionEvent.WAIT_REFUSED);
			}
		}

	}

}
