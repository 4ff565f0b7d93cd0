package dev.kvsession.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import dev.kvsession.test.kv.KvCallKind;

/** The calls that arrived, oldest first. Safe for concurrent use. */
public final class KvCallLog {

	/**
	 * Most calls that are kept; the oldest are then removed, so that a long run does not
	 * fill the memory.
	 */
	public static final int CAPACITY = 200_000;

	private final Deque<KvCall> calls = new ArrayDeque<>();

	KvCallLog() {
	}

	synchronized void add(KvCall call) {
		if (this.calls.size() == CAPACITY) {
			this.calls.removeFirst();
		}
		this.calls.addLast(call);
	}

	/**
	 * Returns the calls of some kinds.
	 * @param kinds the kinds wanted; none means all
	 * @return a copy, oldest first
	 */
	public synchronized List<KvCall> calls(KvCallKind... kinds) {
		Set<KvCallKind> wanted = Set.of(kinds);
		return this.calls.stream().filter((call) -> wanted.isEmpty() || wanted.contains(call.kind())).toList();
	}

	/**
	 * Counts the calls of some kinds.
	 * @param kinds the kinds wanted; none means all
	 * @return how many arrived since the last {@link #clear()}
	 */
	public int count(KvCallKind... kinds) {
		return calls(kinds).size();
	}

	/** Forgets all calls. */
	public synchronized void clear() {
		this.calls.clear();
	}

}
