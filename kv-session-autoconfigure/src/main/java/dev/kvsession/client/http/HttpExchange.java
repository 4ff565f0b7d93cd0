package dev.kvsession.client.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * One call on its way through the pool: it waits, is under way, is over. Whoever abandons
 * it learns from its state whether the request may have left. Safe for concurrent use.
 */
public final class HttpExchange implements Runnable {

	private static final ThreadLocal<@Nullable HttpExchange> current = new ThreadLocal<>();

	private final KvRequest request;

	private final Function<HttpExchange, KvResponse> sender;

	private final Predicate<KvResponse> judge;

	private final KvScheduler scheduler;

	private final CompletableFuture<KvResponse> result = new CompletableFuture<>();

	private boolean begun;

	private boolean abandoned;

	private @Nullable Thread runner;

	private @Nullable Runnable abort;

	private @Nullable String path;

	private volatile @Nullable Boolean accepted;

	private volatile boolean begins;

	private volatile boolean timedOut;

	private Runnable release = () -> {
	};

	/**
	 * Creates a call.
	 * @param request what is asked
	 * @param sender sends it and returns the answer
	 * @param judge whether an answer is a success, and the one to this call
	 * @param scheduler watches time-outs
	 */
	public HttpExchange(KvRequest request, Function<HttpExchange, KvResponse> sender, Predicate<KvResponse> judge,
			KvScheduler scheduler) {
		this.request = request;
		this.sender = sender;
		this.judge = judge;
		this.scheduler = scheduler;
	}

	/**
	 * The exchange that runs on this thread.
	 * @return the exchange, or {@code null} if none does
	 */
	static @Nullable HttpExchange current() {
		return current.get();
	}

	KvRequest request() {
		return this.request;
	}

	public CompletableFuture<KvResponse> result() {
		return this.result;
	}

	@Override
	public void run() {
		if (!begin()) {
			return;
		}
		KvResponse response = null;
		KvException failure = null;
		try {
			response = send();
		}
		catch (RuntimeException | Error ex) {
			failure = ExchangeFailures.of(ex, this.begins);
		}
		end();
		if (failure != null) {
			this.result.completeExceptionally(failure);
		}
		else {
			this.result.complete(response);
		}
	}

	private KvResponse send() {
		try {
			return this.sender.apply(this);
		}
		finally {
			this.release.run();
		}
	}

	/**
	 * Keeps the path of the request from Apache's client, which logs it.
	 * @param path path and query, encoded
	 */
	void hidePath(String path) {
		this.path = path;
	}

	/**
	 * Returns the path to be sent. Called on this exchange's thread.
	 * @param shown the path that Apache's client knows
	 * @return the path that was hidden, or the one known
	 */
	String path(String shown) {
		return (this.path != null) ? this.path : shown;
	}

	/**
	 * Postpones the release of the connection until the answer has been read. Releases
	 * the one before, if the call needed another. Called on this exchange's thread.
	 * @param release releases the connection; runs when the call has ended
	 */
	void releaseAtEnd(Runnable release) {
		this.release.run();
		this.release = release;
	}

	/**
	 * Replaces what {@link #releaseAtEnd} has postponed. Called on this exchange's
	 * thread.
	 * @param release releases the same connection in another way
	 */
	void releaseInstead(Runnable release) {
		this.release = release;
	}

	/**
	 * Judges an answer, the first time that it is called.
	 * @param answer the whole answer
	 * @return whether it is accepted
	 */
	boolean accepts(KvResponse answer) {
		Boolean known = this.accepted;
		if (known == null) {
			known = this.judge.test(answer);
			this.accepted = known;
		}
		return known;
	}

	/**
	 * Whether the connection may be used again. After any other answer it may not: that
	 * answer may belong to another call, and then so does the next one.
	 * @return whether the answer has been accepted
	 */
	boolean isAnswered() {
		return Boolean.TRUE.equals(this.accepted);
	}

	/** Notes the first byte of an answer. Called on the thread that reads it. */
	void answerBegins() {
		this.begins = true;
	}

	/** Whether the first byte of an answer has come. */
	boolean hasBegun() {
		return this.begins;
	}

	/** Whether the call was given up because its answer took too long. */
	boolean hasTimedOut() {
		return this.timedOut;
	}

	/**
	 * Gives up. A call that waits is never sent; one under way is interrupted.
	 * @param reason why, for the message
	 */
	public void abandon(String reason) {
		boolean mayHaveLeft = giveUp();
		// First, since what is torn off fails as well, and says less.
		this.result.completeExceptionally(mayHaveLeft
				? new KvUnknownOutcomeException("A KV call was given up: " + reason + ". Its outcome is unknown", null)
				: new KvUnavailableException("A KV call was not sent: " + reason + ". Try again later", null));
		interrupt();
	}

	/**
	 * Notes that the request is about to be sent over I/O that an interrupt does not end.
	 * @param abort ends it
	 * @param timeout when to give up
	 */
	void sending(Runnable abort, Duration timeout) {
		synchronized (this) {
			this.abort = abort;
			if (this.abandoned) {
				abort.run();
				return;
			}
		}
		Future<?> end = this.scheduler.schedule(() -> timeOut(timeout), timeout);
		this.result.whenComplete((response, failure) -> end.cancel(false));
	}

	private void timeOut(Duration timeout) {
		this.timedOut = true;
		abandon("there was no complete answer within " + timeout.toMillis() + " ms");
	}

	/** Breaks the connection off, so that nobody reads the rest of an answer. */
	synchronized void breakOff() {
		if (this.abort != null) {
			this.abort.run();
		}
	}

	private synchronized boolean begin() {
		if (this.abandoned) {
			return false;
		}
		current.set(this);
		this.begun = true;
		this.runner = Thread.currentThread();
		return true;
	}

	private synchronized void end() {
		this.runner = null;
		this.abort = null;
		current.remove();
		// An interrupt meant for this call must not hit the thread's next one.
		Thread.interrupted();
	}

	private synchronized boolean giveUp() {
		this.abandoned = true;
		return this.begun;
	}

	private synchronized void interrupt() {
		if (this.runner != null) {
			this.runner.interrupt();
			breakOff();
		}
	}

	synchronized boolean isAbandoned() {
		return this.abandoned;
	}

}
