package dev.kvsession.session.write;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.session.settings.SessionIdHash;

/**
 * Bounds the memory of pending sessions. Guarded by the lock of {@link PendingSessions}.
 */
final class PendingLimit {

	/** A few thousand sessions of usual size, beside the near cache's own 64 MB. */
	static final DataSize MAX_WEIGHT = DataSize.ofMegabytes(16);

	/** As many as single calls write in under an hour at the REST API's pace. */
	private static final int MAX_SESSIONS = 10_000;

	/**
	 * The part that sessions without a user may fill: in an outage, visitors must not use
	 * up the memory that logins need.
	 */
	private static final double PART_WITHOUT_USER = 0.75;

	private long bytes;

	private int sessions;

	/**
	 * Takes memory for a session of that weight in bytes; returns false if there is none.
	 */
	boolean reserve(PendingSession session, long weight, KvCallClass callClass) {
		double part = isWithoutUser(callClass) ? PART_WITHOUT_USER : 1;
		long more = weight - session.weight();
		boolean first = session.weight() == 0;
		if (this.bytes + more > MAX_WEIGHT.toBytes() * part || (first && this.sessions >= MAX_SESSIONS * part)) {
			return false;
		}
		this.bytes += more;
		this.sessions += first ? 1 : 0;
		session.weight(weight);
		return true;
	}

	void release(PendingSession session) {
		// mutant: weight
		this.bytes -= session.weight();
		this.sessions -= (session.weight() > 0) ? 1 : 0;
		session.weight(0);
	}

	/**
	 * The exception for a session that finds no memory; without a cause if KV was not
	 * asked.
	 */
	static KvUnavailableException exceeded(String id, @Nullable Throwable cause) {
		return new KvUnavailableException("Session " + SessionIdHash.of(id)
				+ " could not be saved: KV takes no writes at present, and the memory for changes that wait for it is full ("
				+ MAX_WEIGHT.toMegabytes() + " MB, or " + MAX_SESSIONS + " sessions). Try again when KV is back",
				cause);
	}

	long bytes() {
		return this.bytes;
	}

	private static boolean isWithoutUser(KvCallClass callClass) {
		return callClass == KvCallClass.LOGIN_START || callClass == KvCallClass.ANONYMOUS;
	}

}
