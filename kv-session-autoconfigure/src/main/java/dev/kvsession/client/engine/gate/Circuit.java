package dev.kvsession.client.engine.gate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvException.Kind;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.UnansweredException;
import dev.kvsession.client.engine.queue.Batch;
import dev.kvsession.client.engine.queue.CallKind;
import dev.kvsession.client.engine.queue.Item;

/**
 * Circuit breaker: stops calls while KV is down, so that callers do not wait for time-
 * outs. Requests never probe: one background call does, and only it closes the circuit.
 * Guarded by the engine's lock. Times are nanoseconds.
 */
public final class Circuit {

	private static final Logger logger = LoggerFactory.getLogger(Circuit.class);

	/**
	 * How many of the last calls count, and how many it takes to judge: two reads with
	 * their repetitions.
	 */
	private static final int WINDOW = 10;

	private static final int ENOUGH = 5;

	/** Failures older than this say nothing about KV as it is. */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	private static final Duration DOUBT = Duration.ofSeconds(1);

	private static final Duration FIRST_PROBE = Duration.ofSeconds(5);

	private static final Duration LAST_PROBE = Duration.ofSeconds(60);

	private final Deque<Boolean> failed = new ArrayDeque<>();

	private final DoubleSupplier jitter;

	private final long slowCall;

	private KvEngineStatus.Circuit state = KvEngineStatus.Circuit.CLOSED;

	private Duration pause = FIRST_PROBE;

	private long lastFailure;

	private long lastDoubt = -DOUBT.toNanos();

	private long probeAt = Long.MAX_VALUE;

	private boolean probedAgain;

	Circuit(DoubleSupplier jitter, Duration slowCall) {
		this.jitter = jitter;
		this.slowCall = slowCall.toNanos();
	}

	/**
	 * Counts how a call ended. A slow call counts as failed, except a large write. Not
	 * counted are calls that were in flight when the circuit opened, and those that say
	 * nothing about KV: a write that an intermediary refuses, or a large one without an
	 * answer, since one user's data may be the reason; a call that an {@link Error} in
	 * this application has ended; and a call that is repeated at once because its
	 * connection was closed without an answer.
	 */
	public void record(Batch batch, @Nullable Throwable failure, long now) {
		if (!isClosed() || isOurs(failure) || isOfTheWrite(batch, failure) || isOfTheConnection(batch, failure)) {
			return;
		}
		boolean bad = isBad(batch, failure, now);
		if (now - this.lastFailure > MEMORY.toNanos()) {
			this.failed.clear();
		}
		if (bad) {
			this.lastFailure = now;
		}
		this.failed.addLast(bad);
		if (this.failed.size() > WINDOW) {
			this.failed.removeFirst();
		}
		boolean confirmed = isDoubtConfirmed(batch, failure);
		if (confirmed || isHalfFailed()) {
			open(now);
			logger.warn("KV is down: {}. Nothing is sent until it answers a probe", confirmed
					? "an intermediary refuses writes and reads" : "half of the last calls failed or took too long");
		}
	}

	private boolean isBad(Batch batch, @Nullable Throwable failure, long now) {
		boolean slow = !batch.isLarge() && now - batch.sentAt() >= this.slowCall;
		return slow || isOurs(failure) || (failure instanceof KvException ofKv && ofKv.isOutage());
	}

	private boolean isHalfFailed() {
		long bad = this.failed.stream().filter((each) -> each).count();
		return this.failed.size() >= ENOUGH && 2 * bad >= this.failed.size();
	}

	private void open(long now) {
		this.state = KvEngineStatus.Circuit.OPEN;
		this.pause = FIRST_PROBE;
		this.probeAt = now + (long) (this.pause.toNanos() * (1 + this.jitter.getAsDouble()));
	}

	/**
	 * Whether to read a key that nobody writes, since an intermediary has refused a
	 * write: only a read can tell whether it refuses everything. Once a second at most.
	 */
	public boolean doubts(Batch batch, @Nullable Throwable failure, long now) {
		boolean refusedWrite = !batch.kind().isRead() && isForeignRefusal(failure);
		if (!refusedWrite || !isClosed() || now - this.lastDoubt < DOUBT.toNanos()) {
			return false;
		}
		this.lastDoubt = now;
		return true;
	}

	private static boolean isDoubtConfirmed(Batch batch, @Nullable Throwable failure) {
		return batch.kind() == CallKind.READ && isForeignRefusal(failure) && batch.keys().contains(Batch.PROBE);
	}

	private static boolean isOfTheWrite(Batch batch, @Nullable Throwable failure) {
		boolean large = failure instanceof KvException ofKv && ofKv.kind() == Kind.UNKNOWN
				&& batch.items().stream().anyMatch((item) -> item.bytes() > Batch.FEW_BYTES);
		return !batch.kind().isRead() && (large || isForeignRefusal(failure));
	}

	private static boolean isForeignRefusal(@Nullable Throwable failure) {
		return failure instanceof KvException ofKv && ofKv.reason().kind() == Kind.FOREIGN;
	}

	private static boolean isOfTheConnection(Batch batch, @Nullable Throwable failure) {
		return isUnanswered(failure) && batch.items().stream().noneMatch(Item::isRepeatedAtOnce);
	}

	private static boolean isUnanswered(@Nullable Throwable failure) {
		return failure != null && failure.getCause() instanceof UnansweredException;
	}

	private static boolean isOurs(@Nullable Throwable failure) {
		return failure instanceof Error || (failure != null && failure.getCause() instanceof Error);
	}

	/** When to probe KV; MAX_VALUE for never. */
	long probeAt() {
		return this.probeAt;
	}

	public void beginProbe() {
		this.probeAt = Long.MAX_VALUE;
		this.state = KvEngineStatus.Circuit.HALF_OPEN;
	}

	/**
	 * Opens or closes by how the probe ended. If its connection was closed without an
	 * answer, as servers close idle ones, the probe is repeated at once.
	 */
	public void endProbe(Batch probe, @Nullable Throwable failure, long now) {
		if (!isBad(probe, failure, now)) {
			this.state = KvEngineStatus.Circuit.CLOSED;
			this.failed.clear();
			logger.info("KV answers again");
			return;
		}
		this.state = KvEngineStatus.Circuit.OPEN;
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
		return this.state == KvEngineStatus.Circuit.CLOSED;
	}

	public KvEngineStatus.Circuit state() {
		return this.state;
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
