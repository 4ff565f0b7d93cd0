package dev.kvsession.test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import dev.kvsession.test.kv.KvCallKind;

/**
 * Makes calls fail. Faults for the next calls come before permanent ones; of each, the
 * first that matches a call decides alone. Safe for concurrent use.
 */
public final class KvFaults {

	private final List<Upcoming> upcoming = new ArrayList<>();

	private final List<Standing> standing = new ArrayList<>();

	private RandomGenerator random;

	KvFaults(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Lets the next calls go wrong.
	 * @param calls how many
	 * @param fault what happens to the calls
	 * @param kinds the kinds of call; none means all
	 */
	public void next(int calls, KvFault fault, KvCallKind... kinds) {
		next(calls, fault, of(kinds));
	}

	/**
	 * Lets the next calls that match go wrong.
	 * @param calls how many
	 * @param fault what happens to the calls
	 * @param matching selects the calls; their status is still 0
	 */
	public synchronized void next(int calls, KvFault fault, Predicate<KvCall> matching) {
		this.upcoming.add(new Upcoming(calls, fault, matching));
	}

	/**
	 * Lets every call go wrong until {@link #clear()}.
	 * @param fault what happens to the calls
	 * @param kinds the kinds of call; none means all
	 */
	public void every(KvFault fault, KvCallKind... kinds) {
		sometimes(1, fault, of(kinds));
	}

	/**
	 * Lets every call that matches go wrong until {@link #clear()}.
	 * @param fault what happens to the calls
	 * @param matching selects the calls; their status is still 0
	 */
	public void every(KvFault fault, Predicate<KvCall> matching) {
		sometimes(1, fault, matching);
	}

	/**
	 * Lets a random share of calls go wrong until {@link #clear()}.
	 * @param probability how likely it is for each call, 0 to 1
	 * @param fault what happens to the calls
	 * @param kinds the kinds of call; none means all
	 */
	public void sometimes(double probability, KvFault fault, KvCallKind... kinds) {
		sometimes(probability, fault, of(kinds));
	}

	/**
	 * Lets a random share of the calls that match go wrong until {@link #clear()}.
	 * @param probability how likely it is for each call, 0 to 1
	 * @param fault what happens to the calls
	 * @param matching selects the calls; their status is still 0
	 */
	public synchronized void sometimes(double probability, KvFault fault, Predicate<KvCall> matching) {
		this.standing.add(new Standing(probability, fault, matching));
	}

	/** Ends all faults. */
	public synchronized void clear() {
		this.upcoming.clear();
		this.standing.clear();
	}

	synchronized void reset(long seed) {
		clear();
		this.random = new SplittableRandom(seed);
	}

	synchronized KvFault pick(KvCall call) {
		Iterator<Upcoming> next = this.upcoming.iterator();
		while (next.hasNext()) {
			Upcoming fault = next.next();
			if (fault.left == 0) {
				next.remove();
			}
			else if (fault.matching.test(call)) {
				fault.left--;
				return fault.fault;
			}
		}
		return this.standing.stream()
			.filter((fault) -> fault.matching().test(call) && this.random.nextDouble() < fault.probability())
			.findFirst()
			.map(Standing::fault)
			.orElse(KvFault.none());
	}

	private static Predicate<KvCall> of(KvCallKind... kinds) {
		Set<KvCallKind> wanted = Set.of(kinds);
		return (call) -> wanted.isEmpty() || wanted.contains(call.kind());
	}

	private record Standing(double probability, KvFault fault, Predicate<KvCall> matching) {
	}

	private static final class Upcoming {

		private final KvFault fault;

		private final Predicate<KvCall> matching;

		private int left;

		Upcoming(int left, KvFault fault, Predicate<KvCall> matching) {
			this.left = left;
			this.fault = fault;
			this.matching = matching;
		}

	}

}
