package dev.kvsession.session;

import org.springframework.util.unit.DataSize;

/**
 * Bounds the memory that sessions take whose changes wait to be written. Confined to the
 * lock of {@link PendingChanges}, but for reading.
 */
final class PendingLimit {

	/**
	 * A few thousand sessions of usual size, beside the near cache's own 64 MB.
	 */
	static final DataSize MAX_WEIGHT = DataSize.ofMegabytes(16);

	/**
	 * As many as can be written in under an hour by single calls at the REST API's pace.
	 */
	static final int MAX_SESSIONS = 10_000;

	private volatile long bytes;

	private volatile int sessions;

	/**
	 * Takes memory for a session, if there is some.
	 * @param session the session
	 * @param weight how much it now needs, in bytes
	 * @return whether there was room
	 */
	boolean reserve(PendingSession session, long weight) {
		long more = weight - session.weight;
		boolean first = session.weight == 0;
		if (this.bytes + more > MAX_WEIGHT.toBytes() || (first && this.sessions == MAX_SESSIONS)) {
			return false;
		}
		this.bytes += more;
		this.sessions += first ? 1 : 0;
		session.weight = weight;
		return true;
	}

	void release(PendingSession session) {
		if (session.weight > 0) {
			this.bytes -= session.weight;
			this.sessions--;
			session.weight = 0;
		}
	}

	long bytes() {
		return this.bytes;
	}

	int sessions() {
		return this.sessions;
	}

}
