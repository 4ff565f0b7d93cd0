package dev.kvsession.simulation;

import java.util.List;

/**
 * What an acknowledged save means (P3). Confined to the seed's thread.
 */
final class SaveRules {

	/** For so long a write that failed may be repeated while a request waits for it. */
	private static final long RETRIES = 5 * Nanos.SECOND;

	/** The time that a touch may take: a write that the engine lets wait for company. */
	private static final long TOUCH = 10 * Nanos.SECOND;

	/** After so long without a call a request is refused, and KV told later. */
	private static final long REFUSED = 20 * Nanos.SECOND;

	private final World world;

	SaveRules(World world) {
		this.world = world;
	}

	/**
	 * Whether a change that is saved now may be acknowledged before KV has it: in
	 * coalesce mode, while another one is being written, was a second ago, or waits.
	 * @param node where it is saved
	 * @param ledger the session
	 * @return whether it may
	 */
	boolean mayJoin(Node node, Ledger ledger) {
		boolean unborn = ledger.live && ledger.writes.isEmpty();
		long sinceUse = this.world.timeline().nanos() - ledger.accesses.getOrDefault(node, Long.MIN_VALUE / 2);
		boolean touched = this.world.scenario().isBrief() && sinceUse < TOUCH;
		return this.world.scenario().coalesce()
				&& (unborn || touched || this.world.store().isBusy(node, ledger.id) || ledger.saving.contains(node)
						|| ledger.changes.stream().anyMatch((change) -> change.node == node && isHeld(change)));
	}

	private static boolean isHeld(Change change) {
		return change.isAcknowledged() && change.stamp == null;
	}

	/**
	 * Whether a save may be acknowledged before KV has it because KV could not be told.
	 * @param node where it was saved
	 * @param begun when
	 * @return whether it may
	 */
	boolean mayDefer(Node node, long begun) {
		return this.world.scenario().coalesce()
				&& (node.wasTroubled(begun - RETRIES) || this.world.scenario().profile() == Profile.BUDGET);
	}

	void acknowledged(Node node, Ledger ledger, List<Change> changes, boolean free) {
		long now = this.world.timeline().nanos();
		for (Change change : changes) {
			change.acknowledgedAt = now;
			if (!free && !change.isIdle() && !ledger.mayHaveEnded() && !isForgotten(ledger)
					&& !isWritten(change, ledger)) {
				throw new BrokenPromise("P3 " + ledger.id + " was saved, but KV has not got " + change);
			}
		}
		if (!changes.stream().allMatch(Change::isIdle)) {
			ledger.acknowledged.put(node, now);
		}
	}

	/*
	 * By KV, which nobody could tell while it was down that the session was used.
	 */
	boolean isForgotten(Ledger ledger) {
		long interval = this.world.scenario().interval().toNanos();
		return !ledger.isWrittenSince(this.world.timeline().nanos() - interval);
	}

	void created(Node node, Ledger ledger, boolean free) {
		ledger.acknowledged.put(node, this.world.timeline().nanos());
		if (!free && !ledger.writes.containsKey(node)) {
			throw new BrokenPromise("P3 " + ledger.id + " was saved, but KV has not got it");
		}
	}

	/**
	 * Checks what is promised when a logout returns: KV has the marker, and has deleted
	 * the record, unless it could not be told.
	 * @param node where
	 * @param ledger of the id, which nobody else has ended before
	 * @param begun when
	 */
	void ended(Node node, Ledger ledger, long begun) {
		long waited = this.world.timeline().nanos() - begun;
		boolean contested = ledger.endings.size() > 1 || !ledger.renames.isEmpty();
		if (contested || ledger.writes.isEmpty() || waited >= REFUSED || node.wasTroubled(begun - RETRIES)) {
			return;
		}
		boolean marked = ledger.markedAt != Long.MAX_VALUE;
		boolean deleted = ledger.deletes.containsKey(node)
				|| this.world.store().truth(Oracle.RECORD + ledger.id) == null;
		// A reader that lags shows none to who does not know the session.
		boolean unfound = ledger.unfoundAt.getOrDefault(node, Long.MIN_VALUE) >= begun;
		if (!unfound && !this.world.users().isEntryDeleted(node, ledger)) {
			throw new BrokenPromise("P5 " + ledger.id + " was ended, but KV has its entry");
		}
		if (!marked || !deleted) {
			throw new BrokenPromise(
					"P5 " + ledger.id + " was ended, but KV was not told: marked " + marked + ", deleted " + deleted);
		}
	}

	/**
	 * Whether a change has reached KV, or lost to a newer one before it could, or removed
	 * what had been removed already.
	 * @param change the change
	 * @param ledger of the session's present id
	 * @return whether it has or did
	 */
	static boolean isWritten(Change change, Ledger ledger) {
		return change.stamp != null || isRemovedAlready(change, ledger)
				|| ledger.history(change.attribute)
					.stream()
					.anyMatch((other) -> other != change && other.stamp != null && other.mayOutweigh(change));
	}

	static boolean isRemovedAlready(Change change, Ledger ledger) {
		return change.value == null && change.stamp == null
				&& ledger.history(change.attribute)
					.stream()
					.anyMatch((other) -> other != change && other.value == null && other.stamp != null
							&& !isSetSince(other, change, ledger));
	}

	/*
	 * Whether who removes an attribute knew that it had been set since an earlier
	 * removal.
	 */
	private static boolean isSetSince(Change removal, Change again, Ledger ledger) {
		return ledger.history(again.attribute)
			.stream()
			.filter((set) -> set.value != null && set.stamp != null && set.node == again.node)
			.anyMatch((set) -> set.stamp.compareTo(removal.stamp) > 0 && set.acknowledgedAt <= again.calledAt);
	}

}
