package dev.kvsession.client;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Sends calls, repeats them later, and keeps what answers say about the token's calls.
 * Never blocks. Safe for concurrent use.
 */
final class CallEngine implements AutoCloseable {

	private final KvConnection connection;

	private final KvTransport transport;

	private final KvScheduler scheduler;

	private final InstantSource clock;

	private final DoubleSupplier jitter;

	private final RetryPolicy policy;

	private final Set<RetryingCall<?>> waiting = ConcurrentHashMap.newKeySet();

	private final AtomicReference<@Nullable KvRateLimit> rateLimit = new AtomicReference<>();

	private volatile boolean closed;

	CallEngine(KvConnection connection, KvTransport transport, KvScheduler scheduler, InstantSource clock,
			DoubleSupplier jitter, RetryPolicy policy) {
		this.connection = connection;
		this.transport = transport;
		this.scheduler = scheduler;
		this.clock = clock;
		this.jitter = jitter;
		this.policy = policy;
	}

	<T> CompletionStage<T> send(KvCall<T> call) {
		RetryingCall<T> retrying = new RetryingCall<>(call, this);
		if (this.closed) {
			retrying.fail();
		}
		else {
			retrying.send();
		}
		return retrying.result();
	}

	CompletionStage<KvResponse> exchange(KvRequest request) {
		return this.transport.exchange(request);
	}

	/**
	 * Sends a call again after the policy's delay.
	 * @param call the call
	 * @param retry which repetition this is, from 0
	 * @throws java.util.concurrent.RejectedExecutionException if the scheduler is closed
	 */
	void retryLater(RetryingCall<?> call, int retry) {
		this.waiting.add(call);
		if (this.closed) {
			abandon(call);
			return;
		}
		this.scheduler.schedule(() -> retry(call), this.policy.delay(retry, this.jitter.getAsDouble()));
	}

	private void retry(RetryingCall<?> call) {
		if (this.waiting.remove(call)) {
			call.send();
		}
	}

	private void abandon(RetryingCall<?> call) {
		if (this.waiting.remove(call)) {
			call.fail();
		}
	}

	void observe(KvResponse response) {
		KvRateLimit limit = RateLimitHeaders.parse(response.headers(), this.clock.instant());
		if (limit != null) {
			this.rateLimit.set(limit);
		}
	}

	Optional<KvRateLimit> rateLimit() {
		return Optional.ofNullable(this.rateLimit.get());
	}

	RetryPolicy policy() {
		return this.policy;
	}

	String where() {
		return "in namespace '" + this.connection.namespaceId() + "'";
	}

	KvException closedFailure() {
		return new KvUnavailableException("The KV client " + where() + " is closed: the application is stopping", null);
	}

	/**
	 * Ends the calls that wait for a repetition with their last failure; calls under way
	 * end with their answer. Later calls fail.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.waiting.forEach(this::abandon);
	}

}
