package dev.kvsession.client.engine.queue;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvLimits;

/**
 * How long what nobody waits for may wait for company, and how much may wait.
 */
public final class Patience {

	/** Longest wait of a refresh. The values are some tens of seconds old anyway. */
	private static final Duration REFRESH = Duration.ofSeconds(10);

	private static final Duration TOUCH = Duration.ofSeconds(3);

	/** Shorter than people look at a page before they change something on it. */
	private static final Duration REVALIDATE = Duration.ofSeconds(2);

	/** So many writes do not gain by more company. */
	private static final int MANY_WRITES = 1000;

	/** Most keys that wait, so that memory stays bounded. */
	private static final int MOST_WAITING = 10_000;

	private Patience() {
	}

	/**
	 * Tells when items are to be sent.
	 * @param items ready items of one kind and class
	 * @return nanoseconds; the greatest value if there are none
	 */
	public static long dueAt(LinkedHashSet<Item> items) {
		if (items.isEmpty()) {
			return Long.MAX_VALUE;
		}
		Item oldest = items.iterator().next();
		int full = (oldest.kind() != CallKind.READ) ? MANY_WRITES : KvLimits.MAX_BULK_GET_KEYS;
		return isFull(items, full) ? oldest.since() : oldest.since() + patience(oldest.callClass());
	}

	private static boolean isFull(LinkedHashSet<Item> items, int full) {
		int keys = 0;
		Iterator<Item> iterator = items.iterator();
		while (keys < full && iterator.hasNext()) {
			keys += iterator.next().keys().size();
		}
		return keys >= full;
	}

	private static long patience(KvCallClass callClass) {
		return switch (callClass) {
			case REFRESH -> REFRESH.toNanos();
			case TOUCH -> TOUCH.toNanos();
			case REVALIDATE -> REVALIDATE.toNanos();
			default -> 0;
		};
	}

	/**
	 * Tells how many keys of a class may wait before one more is turned away. Each class
	 * has its own bound, so that a flood of one turns away no other.
	 */
	public static int mostWaiting(KvCallClass callClass) {
		return switch (callClass) {
			case LOGIN -> 2 * MOST_WAITING;
			case READ, STRANGER, WRITE, LOGIN_START, ANONYMOUS -> MOST_WAITING;
			case TOUCH -> MOST_WAITING;
			// All sessions in use wait in turn when the budget cannot read them in time.
			case REVALIDATE, REFRESH -> 5 * MOST_WAITING;
		};
	}

}
