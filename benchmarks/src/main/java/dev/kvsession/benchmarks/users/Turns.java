package dev.kvsession.benchmarks.users;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.VirtualTime;

/**
 * Lets blocking requests run in virtual time: many threads, of which exactly one runs. A
 * request that waits for KV passes the turn on and gets it back when its answer is there;
 * so thousands of requests can wait at once, and all runs alike each time.
 */
final class Turns {

	private final VirtualTime timeline;

	private final Arrivals arrivals;

	private final Deque<Semaphore> ready = new ArrayDeque<>();

	private final Deque<Semaphore> idle = new ArrayDeque<>();

	private final ThreadLocal<Boolean> waited = ThreadLocal.withInitial(() -> false);

	private final CountDownLatch finished = new CountDownLatch(1);

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private int waiting;

	Turns(VirtualTime timeline, Arrivals arrivals) {
		this.timeline = timeline;
		this.arrivals = arrivals;
	}

	/**
	 * Runs until no request is to come and none waits.
	 * @throws Exception if something failed that is no failure of KV
	 */
	void run() throws Exception {
		startThread();
		this.finished.await();
		Throwable failed = this.failure.get();
		if (failed != null) {
			throw new IllegalStateException("The simulation failed", failed);
		}
	}

	/**
	 * Tells whether the request on this thread has waited since this was last asked.
	 * @return whether it has
	 */
	boolean hasWaited() {
		boolean has = this.waited.get();
		if (has) {
			this.waited.set(false);
		}
		return has;
	}

	int waiting() {
		return this.waiting;
	}

	/**
	 * Passes the turn on until an answer is there.
	 * @param future the answer
	 */
	void await(CompletableFuture<?> future) {
		if (!future.isDone()) {
			this.waited.set(true);
			Semaphore mine = new Semaphore(0);
			future.whenComplete((result, ex) -> this.ready.add(mine));
			this.waiting++;
			passOn();
			mine.acquireUninterruptibly();
			this.waiting--;
		}
	}

	private void passOn() {
		Semaphore next = this.idle.poll();
		if (next != null) {
			next.release();
		}
		else {
			startThread();
		}
	}

	private void startThread() {
		Thread thread = new Thread(this::loop, "virtual-request");
		thread.setDaemon(true);
		thread.start();
	}

	private void loop() {
		try {
			Semaphore mine = new Semaphore(0);
			while (this.finished.getCount() > 0) {
				Semaphore answered = this.ready.poll();
				if (answered != null) {
					this.idle.push(mine);
					answered.release();
					mine.acquireUninterruptibly();
				}
				else if (!step()) {
					this.finished.countDown();
				}
			}
		}
		catch (Throwable ex) {
			this.failure.set(ex);
			this.finished.countDown();
		}
	}

	private boolean step() {
		long task = this.timeline.nextDue();
		long request = this.arrivals.nextDue();
		if (request == VirtualTime.NEVER && (task == VirtualTime.NEVER || this.waiting == 0)) {
			return false;
		}
		if (task <= request) {
			this.timeline.step();
		}
		else {
			this.timeline.advanceTo(request);
			this.arrivals.arrive();
		}
		return true;
	}

	/**
	 * The requests to come.
	 */
	interface Arrivals {

		/**
		 * When the next request comes.
		 * @return nanoseconds of the timeline, or {@link VirtualTime#NEVER}
		 */
		long nextDue();

		/**
		 * Serves that request.
		 */
		void arrive();

	}

}
