package dev.kvsession.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * One call until its end: sent, and repeated after failures that may pass. Its steps come
 * one after the other, though on different threads.
 *
 * @param <T> what the answer becomes
 */
final class RetryingCall<T> {

	private final KvCall<T> call;

	private final CallEngine engine;

	private final CompletableFuture<T> result = new CompletableFuture<>();

	private volatile int retries;

	private volatile boolean outcomeOpen;

	private volatile @Nullable KvException lastFailure;

	RetryingCall(KvCall<T> call, CallEngine engine) {
		this.call = call;
		this.engine = engine;
	}

	CompletableFuture<T> result() {
		return this.result;
	}

	void send() {
		try {
			this.engine.exchange(this.call.request()).whenComplete(this::answered);
		}
		catch (RuntimeException | Error ex) {
			failed(asKvException(ex));
		}
	}

	private void answered(@Nullable KvResponse response, @Nullable Throwable failure) {
		if (response == null) {
			failed(asKvException((failure != null) ? Stages.unwrap(failure) : new IllegalStateException()));
			return;
		}
		try {
			this.engine.observe(response);
			this.result.complete(this.call.reader().apply(response));
		}
		catch (KvException ex) {
			failed(ex);
		}
		catch (RuntimeException | Error ex) {
			failed(new KvUnexpectedResponseException(
					what() + " could not be read (status " + response.status() + "). Check cloudflare.kv.base-url",
					SafeCause.of(ex)));
		}
	}

	private KvException asKvException(Throwable failure) {
		return (failure instanceof KvException known) ? known
				: new KvUnknownOutcomeException(what() + " ended without an answer", SafeCause.of(failure));
	}

	private void failed(KvException failure) {
		this.lastFailure = failure;
		boolean unknown = failure instanceof KvUnknownOutcomeException;
		this.outcomeOpen |= unknown;
		boolean mayPass = unknown || failure instanceof KvUnavailableException;
		if (!mayPass || this.retries >= this.engine.policy().retries() || !retryLater()) {
			fail();
		}
	}

	private boolean retryLater() {
		try {
			this.engine.retryLater(this, this.retries++);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Ends the call with its last failure, told as what it means for the caller.
	 */
	void fail() {
		KvException failure = this.lastFailure;
		if (this.call.operation().isWrite()) {
			if (this.outcomeOpen && !(failure instanceof KvUnknownOutcomeException)) {
				failure = new KvUnknownOutcomeException(what()
						+ " may or may not have happened: an answer was lost, and the last try failed (see cause). "
						+ "Repeat it once the cause is gone", failure);
			}
		}
		else if (failure instanceof KvUnknownOutcomeException) {
			failure = new KvUnavailableException(
					what() + " had no answer after " + this.retries + " retries. KV is not available; try again later",
					failure.getCause());
		}
		this.result.completeExceptionally((failure != null) ? failure : this.engine.closedFailure());
	}

	private String what() {
		return "KV " + this.call.operation().label() + " " + this.engine.where();
	}

}
