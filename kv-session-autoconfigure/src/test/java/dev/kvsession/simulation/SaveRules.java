package dev.kvsession.simulation;

import java.util.List;

/**
 * What an acknowledged save means (P3). Confined to the seed's thread.
 */
final class SaveRules {

	private static final long SPACING = Timeline.SECOND;

	private final World world;

	SaveRules(World world) {
		this.world = world;
	}

	/**
	 * Whether a save that begins now may be acknowledged before KV has it: in coalesce
	 * mode, within a second of another, or while KV is down.
	 * @param node where it is saved
	 * @param ledger the session
	 * @return whether it may
	 */
	boolean mayWait(Node node, Ledger ledger) {
		return this.world.scenario().coalesce();
	}

	void acknowledged(Node node, Ledger ledger, List<Change> changes, boolean free) {
		long now = this.world.timeline().nanos();
		for (Change change : changes) {
			change.acknowledgedAt = now;
			if (!free && !ledger.mayHaveEnded() && !isWritten(change)) {
				throw new BrokenPromise("P3 " + ledger.id + " was saved, but KV has not got " + change);
			}
		}
		if (!changes.isEmpty()) {
			ledger.acknowledged.put(node, now);
		}
	}

	void created(Node node, Ledger ledger) {
		ledger.acknowledged.put(node, this.world.timeline().nanos());
		if (!ledger.writes.containsKey(node) && !this.world.scenario().coalesce()) {
			throw new BrokenPromise("P3 " + ledger.id + " was saved, but KV has not got it");
		}
	}

	/**
	 * Whether a change has reached KV, or lost to a newer one before it could.
	 * @param change the change
	 * @return whether it has or did
	 */
	static boolean isWritten(Change change) {
		return change.stamp != null || change.ledger.history(change.attribute)
			.stream()
			.anyMatch((other) -> other != change && other.stamp != null && other.mayOutweigh(change));
	}

}
