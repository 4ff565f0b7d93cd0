package dev.kvsession.session.stress;

import java.util.concurrent.atomic.AtomicInteger;

import dev.kvsession.session.KvSession;

/**
 * One request of a stress test's account, which one thread or several work on. Safe for
 * concurrent use.
 */
final class StressRequest {

	/**
	 * Enough for several threads to meet in it.
	 */
	private static final int MOST_USES = 30;

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final KvSession session;

	private final int seen;

	private final String name = "r" + COUNT.incrementAndGet();

	private final AtomicInteger uses = new AtomicInteger();

	private volatile boolean broken;

	/**
	 * Begins a request.
	 * @param session the session as the request found it
	 * @param seen how many changes of id had ended before
	 */
	StressRequest(KvSession session, int seen) {
		this.session = session;
		this.seen = seen;
	}

	KvSession session() {
		return this.session;
	}

	int seen() {
		return this.seen;
	}

	String name() {
		return this.name;
	}

	boolean isUsedUp() {
		return this.broken || this.uses.incrementAndGet() > MOST_USES;
	}

	boolean isBroken() {
		return this.broken;
	}

	/**
	 * Notes that this request's change of id has failed, so that it cannot be saved.
	 */
	void fail() {
		this.broken = true;
	}

}
