package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvAnswerTooLargeException;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.UnansweredException;

/**
 * Stops calls while KV is down, so that nobody waits for time-outs. Requests never probe:
 * one call in the background does, and only it decides. Guarded by the engine's lock.
 */
final class Circuit {

	private static final Logger logger = LoggerFactory.getLogger(Circuit.class);

	/**
	 * How many of the last calls count, and how many it takes to judge: two reads with
	 * their repetitions.
	 */
	private static final int WINDOW = 10;

	private static final int ENOUGH = 5;

	private static final float FAILED_PERCENT = 50;

	/**
	 * Failures older than this say nothing about KV as it is.
	 */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	private static final Duration DOUBT = Duration.ofSeconds(1);

	private static final Duration FIRST_PROBE = Duration.ofSeconds(5);

	private static final Duration LAST_PROBE = Duration.ofSeconds(60);

	private final CircuitBreaker breaker;

	private final DoubleSupplier jitter;

	private final long slowCall;

	private Duration pause = FIRST_PROBE;

	private long lastFailure;

	private long lastDoubt = -DOUBT.toNanos();

	private long probeAt = Long.MAX_VALUE;

	private boolean probedAgain;

	Circuit(KvRuntime runtime, Duration slowCall) {
		this.jitter = runtime.jitter();
		this.slowCall = slowCall.toNanos();
		this.breaker = CircuitBreaker.of("kv",
				CircuitBreakerConfig.custom()
					.slidingWindow(WINDOW, ENOUGH, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
					.failureRateThreshold(FAILED_PERCENT)
					.slowCallRateThreshold(FAILED_PERCENT)
					.slowCallDurationThreshold(slowCall)
					.permittedNumberOfCallsInHalfOpenState(1)
					.automaticTransitionFromOpenToHalfOpenEnabled(false)
					.clock(runtime.clock().withZone(ZoneOffset.UTC))
					.build());
	}

	/**
	 * Counts how a call ended. Calls that were under way when the circuit opened no
	 * longer count. Neither do those that say nothing about KV: a write that something in
	 * between refuses, or a large one without an answer, for that may be for what one
	 * user has written; one that an {@link Error} in this application has ended; and one
	 * that is repeated at once, because its connection was closed with nothing answered.
	 * A slow call counts as a failed one, unless it is a large write, which may well take
	 * its time.
	 * @param batch what was called
	 * @param took how long it took, in nanoseconds
	 * @param failure the failure, or {@code null}
	 * @param now nanoseconds
	 */
	void record(Batch batch, long took, @Nullable Throwable failure, long now) {
		if (this.breaker.getState() != CircuitBreaker.State.CLOSED || isOurs(failure) || isOfTheWrite(batch, failure)
				|| isOfTheConnection(batch, failure)) {
			return;
		}
		long counted = batch.isLarge() ? 0 : took;
		forgetOld(counted, failure, now);
		tell(counted, failure);
		boolean confirmed = isDoubtConfirmed(batch, failure);
		if (confirmed) {
			this.breaker.transitionToOpenState();
		}
		if (this.breaker.getState() == CircuitBreaker.State.OPEN) {
			this.pause = FIRST_PROBE;
			planProbe(now);
			logger.warn("KV is down: {}. Nothing is sent until it answers a probe",
					confirmed ? "something in between refuses writes and reads"
							: "half of the last calls failed or took too long");
		}
	}

	/**
	 * Whether to ask for a key that nobody writes: a write has been refused by something
	 * in between, and only a read can tell whether everything is. Once a second at most.
	 * @param batch what was called
	 * @param failure the failure, or {@code null}
	 * @param now nanoseconds
	 * @return whether to ask
	 */
	boolean doubts(Batch batch, @Nullable Throwable failure, long now) {
		boolean refusedWrite = batch.kind() != CallKind.READ && isForeignRefusal(failure);
		if (!refusedWrite || !isClosed() || now - this.lastDoubt < DOUBT.toNanos()) {
			return false;
		}
		this.lastDoubt = now;
		return true;
	}

	/*
	 * Something in between has refused a write and then a read of a key that nobody
	 * writes, so it is not for what somebody has written.
	 */
	private static boolean isDoubtConfirmed(Batch batch, @Nullable Throwable failure) {
		return failure instanceof KvForeignRefusalException && batch.kind() == CallKind.READ
				&& batch.keys().contains(Batch.PROBE);
	}

	private static boolean isOfTheWrite(Batch batch, @Nullable Throwable failure) {
		boolean large = failure instanceof KvUnknownOutcomeException
				&& batch.items().stream().anyMatch((item) -> item.bytes() > Batch.FEW_BYTES);
		return batch.kind() != CallKind.READ && (large || isForeignRefusal(failure));
	}

	private static boolean isForeignRefusal(@Nullable Throwable failure) {
		return failure instanceof KvForeignRefusalException
				|| (failure != null && failure.getCause() instanceof KvForeignRefusalException);
	}

	private static boolean isOfTheConnection(Batch batch, @Nullable Throwable failure) {
		return isUnanswered(failure) && batch.items().stream().noneMatch(Item::isRepeatedAtOnce);
	}

	private static boolean isUnanswered(@Nullable Throwable failure) {
		return failure != null && failure.getCause() instanceof UnansweredException;
	}

	private void forgetOld(long took, @Nullable Throwable failure, long now) {
		if (now - this.lastFailure > MEMORY.toNanos()) {
			this.breaker.reset();
		}
		if (took >= this.slowCall || (failure != null && isOutage(failure))) {
			this.lastFailure = now;
		}
	}

	private void tell(long took, @Nullable Throwable failure) {
		if (failure != null && isOutage(failure)) {
			this.breaker.onError(took, TimeUnit.NANOSECONDS, failure);
		}
		else {
			this.breaker.onSuccess(took, TimeUnit.NANOSECONDS);
		}
	}

	private static boolean isOutage(Throwable failure) {
		return isOurs(failure) || failure instanceof KvUnavailableException
				|| failure instanceof KvUnknownOutcomeException || (failure instanceof KvUnexpectedResponseException
						&& !(failure instanceof KvAnswerTooLargeException));
	}

	private static boolean isOurs(@Nullable Throwable failure) {
		return failure instanceof Error || (failure != null && failure.getCause() instanceof Error);
	}

	private void planProbe(long now) {
		this.probeAt = now + (long) (this.pause.toNanos() * (1 + this.jitter.getAsDouble()));
	}

	/**
	 * Tells when KV is to be probed.
	 * @return nanoseconds, or the greatest value if it is not
	 */
	long probeAt() {
		return this.probeAt;
	}

	void beginProbe() {
		this.probeAt = Long.MAX_VALUE;
		this.breaker.transitionToHalfOpenState();
		this.breaker.tryAcquirePermission();
	}

	/**
	 * Opens or closes by how the probe ended. One whose connection was closed with
	 * nothing answered, as idle ones are, is repeated at once.
	 * @param took how long it took, in nanoseconds
	 * @param failure the failure, or {@code null}
	 * @param now nanoseconds
	 */
	void endProbe(long took, @Nullable Throwable failure, long now) {
		tell(took, failure);
		if (isClosed()) {
			logger.info("KV answers again");
			return;
		}
		this.probedAgain = isUnanswered(failure) && !this.probedAgain;
		if (this.probedAgain) {
			this.probeAt = now;
			return;
		}
		Duration doubled = this.pause.multipliedBy(2);
		this.pause = (doubled.compareTo(LAST_PROBE) < 0) ? doubled : LAST_PROBE;
		this.probeAt = now + (long) (this.pause.toNanos() * (1 - this.jitter.getAsDouble() / 4));
	}

	boolean isClosed() {
		return this.breaker.getState() == CircuitBreaker.State.CLOSED;
	}

	KvEngineStatus.Circuit status() {
		return switch (this.breaker.getState()) {
			case OPEN -> KvEngineStatus.Circuit.OPEN;
			case HALF_OPEN -> KvEngineStatus.Circuit.HALF_OPEN;
			default -> KvEngineStatus.Circuit.CLOSED;
		};
	}

	@Nullable KvUnavailableException refusal(long now) {
		if (isClosed()) {
			return null;
		}
		Duration wait = (this.probeAt != Long.MAX_VALUE) ? Duration.ofNanos(Math.max(0, this.probeAt - now))
				: FIRST_PROBE;
		return new KvUnavailableException("KV is down (circuit open). Nothing was sent; try again later",
				wait.plusSeconds(1), null);
	}

}
