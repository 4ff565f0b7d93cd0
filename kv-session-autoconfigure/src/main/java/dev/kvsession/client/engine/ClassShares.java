package dev.kvsession.client.engine;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Guarantees each class its part of the calls and lends what a class does not use: fair
 * queueing by start tags (Goyal, Vin and Cheng, SIGCOMM 1996). Strict priorities would
 * let a flood of reads end all refreshing. Guarded by the engine's lock.
 */
final class ClassShares {

	/**
	 * Parts of the calls, in proportion to each other. Strangers have as large a part as
	 * other reads, since after a restart all sessions are read as strangers. Writes have
	 * a larger one, for who changes something has waited for a read before.
	 */
	private static final Map<KvCallClass, Integer> PARTS = Map.of(KvCallClass.READ, 4, KvCallClass.STRANGER, 4,
			KvCallClass.WRITE, 5, KvCallClass.REVALIDATE, 2, KvCallClass.REFRESH, 2, KvCallClass.TOUCH, 1);

	private final Map<KvCallClass, Double> finished = new EnumMap<>(KvCallClass.class);

	private double virtual;

	/**
	 * Tells who goes first. Logins always do.
	 * @return all classes
	 */
	List<KvCallClass> order() {
		return PARTS.keySet()
			.stream()
			.sorted(Comparator.comparingDouble(this::start).thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	private double start(KvCallClass callClass) {
		return Math.max(this.virtual, this.finished.getOrDefault(callClass, 0.0));
	}

	/**
	 * Bills a call: whose turn it was, and reads of others that rode along, for they have
	 * what they wait for. A change that has been read for still waits to be written.
	 * @param turn whose turn it was
	 * @param classes all that were in the call
	 */
	void served(KvCallClass turn, Set<KvCallClass> classes) {
		double now = PARTS.containsKey(turn) ? start(turn) : this.virtual;
		Map<KvCallClass, Double> bills = new EnumMap<>(KvCallClass.class);
		PARTS.forEach((callClass, part) -> {
			boolean rider = (callClass == KvCallClass.READ || callClass == KvCallClass.STRANGER)
					&& classes.contains(callClass);
			if (callClass == turn || rider) {
				bills.put(callClass, start(callClass) + 1.0 / part);
			}
		});
		this.finished.putAll(bills);
		this.virtual = now;
	}

}
