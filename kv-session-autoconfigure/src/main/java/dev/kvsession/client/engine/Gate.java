package dev.kvsession.client.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvUnavailableException;

/**
 * Reasons to send nothing at all. Guarded by the engine's lock.
 */
final class Gate {

	private final TokenBlock block = new TokenBlock();

	private final Circuit circuit;

	private final DailyQuotas quotas;

	private final LastFailures failures;

	private boolean closed;

	private boolean tokenAccepted;

	Gate(KvRuntime runtime, Duration slowCall) {
		this.circuit = new Circuit(runtime, slowCall);
		this.quotas = new DailyQuotas(runtime.clock());
		this.failures = new LastFailures(runtime.clock());
	}

	TokenBlock block() {
		return this.block;
	}

	Circuit circuit() {
		return this.circuit;
	}

	DailyQuotas quotas() {
		return this.quotas;
	}

	LastFailures failures() {
		return this.failures;
	}

	void close() {
		this.closed = true;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Notes how a call ended, which may tell whether KV accepts the token.
	 * @param kind what it did
	 * @param failure the failure, or {@code null}
	 */
	void answered(CallKind kind, @Nullable Throwable failure) {
		this.failures.ended(kind, failure);
		this.tokenAccepted = failure == null || (this.tokenAccepted && !(failure instanceof KvAuthorizationException));
	}

	boolean isTokenAccepted() {
		return this.tokenAccepted;
	}

	/**
	 * Whether calls are made, but for those whose quota is used up.
	 * @param now nanoseconds
	 * @return whether they are
	 */
	boolean isOpen(long now) {
		return !this.closed && this.circuit.isClosed() && this.block.remaining(now) == null;
	}

	/**
	 * Says why a kind of calls is not made.
	 * @param kind the kind
	 * @param now nanoseconds
	 * @return why, or {@code null} if it is made
	 */
	@Nullable KvException refusal(CallKind kind, long now) {
		if (this.closed) {
			return closedFailure();
		}
		KvException refusal = this.block.refusal(now);
		if (refusal == null) {
			refusal = this.circuit.refusal(now);
		}
		return (refusal != null) ? refusal : this.quotas.refusal(kind, now);
	}

	static KvException closedFailure() {
		return new KvUnavailableException("The KV engine is closed: the application is stopping", null);
	}

	/**
	 * Tells when KV may be probed.
	 * @return nanoseconds, or the greatest value
	 */
	long probeAt() {
		long probe = this.circuit.probeAt();
		long end = this.block.endsAt();
		return (end == Long.MAX_VALUE) ? probe : Math.max(probe, end);
	}

}
