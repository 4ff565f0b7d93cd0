package dev.kvsession.sample;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls to KV that requests wait for: those for their sessions that are
 * answered while they are under way, whichever thread sent them. A call may have waited
 * for its turn, carry the keys of other sessions too, or have been asked for by another
 * request of the same session. One for the session that is answered in the background
 * meanwhile is counted, too. Safe for concurrent use.
 */
final class KvCallCounter {

	private final ThreadLocal<Count> mine = new ThreadLocal<>();

	private final Set<Count> underWay = ConcurrentHashMap.newKeySet();

	/**
	 * Begins a request on the calling thread.
	 * @param sessionIds the sessions that it asks for
	 */
	void begin(List<String> sessionIds) {
		Count count = new Count(sessionIds);
		this.mine.set(count);
		this.underWay.add(count);
	}

	/**
	 * Notes that KV has answered a call, or failed to.
	 * @param keys what the call was about
	 */
	void answered(Collection<String> keys) {
		this.underWay.stream().filter((count) -> count.isAbout(keys)).forEach((count) -> count.calls.incrementAndGet());
	}

	int soFar() {
		Count count = this.mine.get();
		return (count != null) ? count.calls.get() : 0;
	}

	void end() {
		Count count = this.mine.get();
		if (count != null) {
			this.underWay.remove(count);
			this.mine.remove();
		}
	}

	/**
	 * The calls of one request.
	 */
	private static final class Count {

		private final List<String> sessionIds;

		private final AtomicInteger calls = new AtomicInteger();

		Count(List<String> sessionIds) {
			this.sessionIds = List.copyOf(sessionIds);
		}

		// A session's keys end with its id.
		boolean isAbout(Collection<String> keys) {
			return this.sessionIds.stream()
				.filter((id) -> !id.isEmpty())
				.anyMatch((id) -> keys.stream().anyMatch((key) -> key.endsWith(id)));
		}

	}

}
