package dev.kvsession.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The changes that were acknowledged before KV has them, in the order of their
 * acknowledgement. Guarded by the lock of {@link PendingSessions}.
 */
final class AcceptedChanges {

	/**
	 * How old the oldest of them may be while another one is accepted: a write that is on
	 * time is answered within the second in which its session's next write has to wait
	 * anyway.
	 */
	static final Duration LONGEST = Duration.ofSeconds(1);

	private final Deque<Accepted> changes = new ArrayDeque<>();

	void add(PendingSession session, long nowNanos) {
		this.changes.add(new Accepted(session, nowNanos));
	}

	/**
	 * Whether writes are on time, so that another change may be accepted.
	 * @param pending whether a session's changes wait and KV has not failed to take them
	 * @param nowNanos the time
	 * @return whether the oldest of them was accepted less than a second ago
	 */
	boolean areOnTime(Predicate<PendingSession> pending, long nowNanos) {
		Accepted oldest = this.changes.peek();
		while (oldest != null && !isPending(oldest, pending)) {
			this.changes.remove();
			oldest = this.changes.peek();
		}
		return oldest == null || nowNanos - oldest.atNanos() < LONGEST.toNanos();
	}

	private static boolean isPending(@Nullable Accepted change, Predicate<PendingSession> pending) {
		return change != null && pending.test(change.session())
				&& change.session().batches().acceptedAt().anyMatch((at) -> at == change.atNanos());
	}

	/**
	 * One change.
	 *
	 * @param session its session
	 * @param atNanos when it was acknowledged
	 */
	private record Accepted(PendingSession session, long atNanos) {
	}

}
