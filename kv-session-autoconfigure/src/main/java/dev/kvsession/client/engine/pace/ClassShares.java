package dev.kvsession.client.engine.pace;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.kvsession.client.KvCallClass;

/**
 * Guarantees each class its part of the calls and lends what a class does not use: fair
 * queueing by start tags (Goyal, Vin and Cheng, SIGCOMM 1996). Strict priorities would
 * let a flood of reads end all refreshing. Guarded by the engine's lock.
 */
public final class ClassShares {

	/**
	 * Parts of the calls, in proportion to each other. Unknown ids have as large a part
	 * as other reads, since after a restart all ids are unknown. Writes have a larger
	 * one, since their request has waited for a read before. New sessions without a user
	 * have one part together.
	 */
	private static final Map<KvCallClass, Integer> PARTS = Map.of(KvCallClass.READ, 4, KvCallClass.UNKNOWN_ID, 4,
			KvCallClass.WRITE, 5, KvCallClass.LOGIN_START, 2, KvCallClass.ANONYMOUS, 2, KvCallClass.REVALIDATE, 2,
			KvCallClass.REFRESH, 2, KvCallClass.TOUCH, 1);

	private final Map<KvCallClass, Double> finished = new EnumMap<>(KvCallClass.class);

	private double virtual;

	/** Tells who goes first. Logins always do. */
	public List<KvCallClass> order() {
		return PARTS.keySet()
			.stream()
			// mutant: shares
			.sorted(Comparator.comparingDouble(this::start).thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	private double start(KvCallClass callClass) {
		return Math.max(this.virtual, this.finished.getOrDefault(account(callClass), 0.0));
	}

	private static KvCallClass account(KvCallClass callClass) {
		return (callClass == KvCallClass.ANONYMOUS) ? KvCallClass.LOGIN_START : callClass;
	}

	/** Charges a call to the class whose turn it was; the others in it pay nothing. */
	public void served(KvCallClass turn) {
		Integer part = PARTS.get(turn);
		if (part != null) {
			this.virtual = start(turn);
			this.finished.put(account(turn), this.virtual + 1.0 / part);
		}
	}

}
