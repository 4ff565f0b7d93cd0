package dev.kvsession.client.engine.gate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.queue.CallKind;

/**
 * Decides whether calls are made: not while the engine is closed, KV is down or has
 * blocked the token, or a daily quota is used up. Guarded by the engine's lock. Times are
 * nanoseconds.
 */
public final class Gate {

	private static final Logger logger = LoggerFactory.getLogger(Gate.class);

	private static final long NOT_BLOCKED = Long.MAX_VALUE;

	private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

	private final Circuit circuit;

	private final DailyQuotas quotas;

	private final InstantSource clock;

	private final Map<CallKind, KvEngineStatus.LastFailure> lasting = new EnumMap<>(CallKind.class);

	private KvEngineStatus.@Nullable LastFailure last;

	private long blockedUntil = NOT_BLOCKED;

	private boolean closed;

	private boolean tokenAccepted;

	public Gate(KvRuntime runtime, Duration slowCall) {
		this.circuit = new Circuit(runtime.jitter(), slowCall);
		this.quotas = new DailyQuotas(runtime.clock());
		this.clock = runtime.clock();
	}

	public Circuit circuit() {
		return this.circuit;
	}

	public DailyQuotas quotas() {
		return this.quotas;
	}

	/**
	 * How a call failed last. While KV refuses the token, the account or the namespace
	 * for a kind of calls, that failure.
	 */
	public KvEngineStatus.@Nullable LastFailure lastFailure() {
		return this.lasting.isEmpty() ? this.last : this.lasting.values().iterator().next();
	}

	public void close() {
		this.closed = true;
	}

	public boolean isClosed() {
		return this.closed;
	}

	/** Notes how a call ended, which may tell whether KV accepts the token. */
	public void ended(CallKind kind, @Nullable Throwable failure) {
		boolean unauthorized = failure instanceof KvException ofKv && ofKv.kind() == KvException.Kind.UNAUTHORIZED;
		this.tokenAccepted = failure == null || (this.tokenAccepted && !unauthorized);
		if (failure != null) {
			note(kind, (failure instanceof KvException ofKv) ? ofKv.reason() : failure);
		}
		else if (this.lasting.remove(kind) != null && this.lasting.isEmpty()) {
			logger.info("KV accepts token, account and namespace again");
		}
	}

	private void note(CallKind kind, Throwable reason) {
		boolean lasts = reason instanceof KvException ofKv && ofKv.isOfConfiguration();
		String message = (reason instanceof KvException) ? String.valueOf(reason.getMessage())
				: "A call ended in " + reason.getClass().getName();
		this.last = new KvEngineStatus.LastFailure(message, this.clock.instant(), false);
		if (lasts && this.lasting.put(kind, this.last.asLasting()) == null && this.lasting.size() == 1) {
			logger
				.warn("KV refuses this application. New sessions, and those not seen within the last minutes, get 503 "
						+ "until this is put right: {}", message);
		}
	}

	/** Stops calls if the failure asks for it. */
	public void failed(CallKind kind, Throwable failure, long now) {
		if (!(failure instanceof KvException ofKv)) {
			return;
		}
		KvException reason = ofKv.reason();
		// mutant: key-429
		if (reason.kind() == KvException.Kind.RATE_LIMITED) {
			block(reason.retryAfter(), now);
		}
		else if (reason.kind() == KvException.Kind.DAILY_QUOTA) {
			this.quotas.usedUp(kind, now);
		}
	}

	private void block(Duration time, long now) {
		long until = now + time.toNanos();
		if (this.blockedUntil == NOT_BLOCKED) {
			logger.warn(
					"KV has blocked the API token for {} s: its calls are used up. Nothing is sent until then. See "
							+ "what else uses the token, and divide cloudflare.kv.budget.calls among the instances",
					time.toSeconds());
			this.blockedUntil = until;
		}
		this.blockedUntil = Math.max(this.blockedUntil, until);
	}

	/** Ends a token block whose time is over; returns whether one has ended. */
	public boolean unblock(long now) {
		if (this.blockedUntil > now) {
			return false;
		}
		this.blockedUntil = NOT_BLOCKED;
		return true;
	}

	/** When the token block ends; MAX_VALUE for none. */
	public long blockedUntil() {
		return this.blockedUntil;
	}

	/** The time left of the token block, or {@code null} for none. */
	public @Nullable Duration blockedFor(long now) {
		return (this.blockedUntil != NOT_BLOCKED && now < this.blockedUntil) ? Duration.ofNanos(this.blockedUntil - now)
				: null;
	}

	public boolean isTokenAccepted() {
		return this.tokenAccepted;
	}

	/** Whether calls are made, except those whose quota is used up. */
	public boolean isOpen(long now) {
		return !this.closed && this.circuit.isClosed() && blockedFor(now) == null;
	}

	/** Why a kind of call is not made, or {@code null} if it is made. */
	public @Nullable KvException refusal(CallKind kind, long now) {
		if (this.closed) {
			return closedFailure();
		}
		Duration blocked = blockedFor(now);
		if (blocked != null) {
			return new KvRateLimitException(
					"KV has blocked the API token for another " + (blocked.toSeconds() + 1)
							+ " s: its calls are used up. Nothing is sent until then; see what else uses the token",
					blocked, null);
		}
		KvException refusal = this.circuit.refusal(now);
		return (refusal != null) ? refusal : this.quotas.refusal(kind, now);
	}

	private static KvException closedFailure() {
		return new KvUnavailableException("The KV engine is closed: the application is stopping", null);
	}

	/** When to probe KV; MAX_VALUE for never. */
	public long probeAt() {
		long probe = this.circuit.probeAt();
		return (this.blockedUntil == NOT_BLOCKED) ? probe : Math.max(probe, this.blockedUntil);
	}

	public void awaitOpen(CompletableFuture<Void> future) {
		this.waiting.add(future);
	}

	/**
	 * Completes the futures that wait for the gate to open, or fails them if it is closed
	 * for good.
	 */
	// A Void has no other value than null.
	@SuppressWarnings("NullAway")
	public void announce(long now, List<Runnable> effects) {
		if (this.closed || isOpen(now)) {
			KvException failure = this.closed ? closedFailure() : null;
			this.waiting.forEach((future) -> effects
				.add((failure != null) ? () -> future.completeExceptionally(failure) : () -> future.complete(null)));
			this.waiting.clear();
		}
	}

}
