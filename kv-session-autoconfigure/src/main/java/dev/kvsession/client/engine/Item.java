package dev.kvsession.client.engine;

import java.util.Set;

/**
 * One thing that is asked of KV, from the asking to the answer. Guarded by the engine's
 * lock; what is asked and who is told never change.
 */
abstract class Item {

	private final CallKind kind;

	private long since;

	private KvCallClass callClass;

	private Place place = Place.NOWHERE;

	private long notBefore;

	private long number;

	private int failures;

	private int conflicts;

	private boolean repeatedAtOnce;

	private boolean outcomeOpen;

	Item(CallKind kind, KvCallClass callClass, long since) {
		this.kind = kind;
		this.callClass = callClass;
		this.since = since;
	}

	/**
	 * Names the keys.
	 * @return one or more keys
	 */
	abstract Set<String> keys();

	/**
	 * Estimates how much of a call's body it takes.
	 * @return bytes, rather too many than too few
	 */
	abstract long bytes();

	/**
	 * Whether nobody wants it any more.
	 * @return whether all who asked have cancelled
	 */
	abstract boolean isWithdrawn();

	/**
	 * Tells who asked that it failed. Runs outside the engine's lock.
	 * @param failure the failure
	 */
	abstract void fail(Throwable failure);

	CallKind kind() {
		return this.kind;
	}

	KvCallClass callClass() {
		return this.callClass;
	}

	void promote(KvCallClass better, long now) {
		this.callClass = better;
		this.since = now;
	}

	/**
	 * When it was asked for as what it is now.
	 * @return nanoseconds
	 */
	long since() {
		return this.since;
	}

	Place place() {
		return this.place;
	}

	void place(Place place) {
		this.place = place;
	}

	long notBefore() {
		return this.notBefore;
	}

	/**
	 * Which repetition it is, of all items.
	 * @return a number that tells those of the same time apart
	 */
	long number() {
		return this.number;
	}

	void repeatAt(long nanos, long number) {
		this.notBefore = nanos;
		this.number = number;
	}

	int failures() {
		return this.failures;
	}

	void countFailure() {
		this.failures++;
	}

	int conflicts() {
		return this.conflicts;
	}

	void countConflict() {
		this.conflicts++;
	}

	/**
	 * Whether it was repeated without a wait, which happens once.
	 * @return whether it was
	 */
	boolean isRepeatedAtOnce() {
		return this.repeatedAtOnce;
	}

	void repeatAtOnce() {
		this.repeatedAtOnce = true;
	}

	/**
	 * Whether an answer to it was lost, so that it may have happened.
	 * @return whether it may have happened
	 */
	boolean isOutcomeOpen() {
		return this.outcomeOpen;
	}

	void openOutcome() {
		this.outcomeOpen = true;
	}

	/**
	 * Where an item is. It waits in all places but the first and the last.
	 */
	enum Place {

		/**
		 * New, or over.
		 */
		NOWHERE,

		/**
		 * Behind another write of its key.
		 */
		BEHIND,

		/**
		 * Ready for the next call.
		 */
		READY,

		/**
		 * Waits to be repeated.
		 */
		LATER,

		/**
		 * In a part of a batch that was refused as a whole.
		 */
		APART,

		/**
		 * In a call that has no answer yet.
		 */
		UNDER_WAY;

		boolean isWaiting() {
			return this != NOWHERE && this != UNDER_WAY;
		}

	}

}
