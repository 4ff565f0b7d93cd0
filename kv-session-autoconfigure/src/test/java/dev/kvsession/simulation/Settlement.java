package dev.kvsession.simulation;

import java.util.List;
import java.util.Set;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.test.kv.KvEntry;

/**
 * What must be so in the end, when faults have stopped and everybody has had time to find
 * out. Confined to the seed's thread.
 */
final class Settlement {

	/** For so long after a write its writer may be needed to mend it. */
	static final long WINDOW = 2 * Nanos.MINUTE;

	/**
	 * In so long there is a moment when an instance without requests has no calls to
	 * make.
	 */
	private static final long IDLE = Nanos.MINUTE;

	private final World world;

	Settlement(World world) {
		this.world = world;
	}

	void check() {
		this.world.oracle().ledgers().forEach(this::check);
		running().forEach(Settlement::checkMemory);
		running().forEach(this::checkQueues);
		if (this.world.scenario().indexed()) {
			new IndexRules(this.world, this::isRevivalExcused).check();
		}
	}

	private List<Node> running() {
		return this.world.nodes().stream().filter((node) -> !node.isDown()).toList();
	}

	private static void checkMemory(Node node) {
		int sessions = node.repository().getPendingWrites();
		long bytes = node.repository().getPendingBytes();
		if (sessions > 0 || bytes > 0) {
			throw new BrokenPromise("P11 " + node.name() + " holds changes or ends of " + sessions + " sessions and "
					+ bytes + " bytes in the end");
		}
	}

	/*
	 * Looks that nobody waits for go on for some minutes after a write, so there may be
	 * one at any moment; but none may stay.
	 */
	private void checkQueues(Node node) {
		long end = this.world.timeline().nanos() + IDLE;
		while (!isIdle(node.engine().status())) {
			if (this.world.timeline().nanos() > end) {
				throw new BrokenPromise("P10 " + node.name() + " never ends its calls: " + node.engine().status());
			}
			this.world.timeline().advanceTo(this.world.timeline().nanos() + Nanos.SECOND);
		}
	}

	private static boolean isIdle(KvEngineStatus engine) {
		return engine.waitingReads() + engine.waitingWrites() + engine.underWay() == 0;
	}

	private void check(Ledger ledger) {
		if (ledger.signedOut && !ledger.isEnded()) {
			checkSignedOut(ledger);
			return;
		}
		if (ledger.uncertain && !ledger.condemned) {
			return;
		}
		KvEntry entry = this.world.store().truth(Oracle.RECORD + ledger.id);
		if (ledger.isEnded()) {
			if (entry != null && !isEndExcused(ledger)) {
				throw new BrokenPromise("P5 " + ledger.id + " ended, but is in KV in the end");
			}
		}
		else if (ledger.condemned) {
			if (entry != null && isConvicted(ledger) && !isRevivalExcused(ledger)) {
				throw new BrokenPromise(
						"P5 " + ledger.id + " ended under an id that it had before, but is in KV in the end");
			}
		}
		else if (entry != null) {
			checkRecord(ledger, PlainCodec.INSTANCE.decode(entry.text()));
		}
		else if (isDue(ledger) && ledger.acknowledged.keySet().stream().noneMatch(Settlement::isUnflushed)) {
			throw new BrokenPromise("P3 " + ledger.id + " was saved, but is not in KV in the end");
		}
	}

	private void checkSignedOut(Ledger ledger) {
		if (this.world.store().truth(Oracle.RECORD + ledger.id) == null || isRevivalExcused(ledger)) {
			return;
		}
		if (ledger.goneAt != Long.MAX_VALUE && !isUndelivered(ledger, ledger.markers)) {
			throw new BrokenPromise("P5 " + ledger.id + " was ended by a sign-out, but is in KV in the end");
		}
		this.world.users().checkEnded(ledger);
	}

	private boolean isDue(Ledger ledger) {
		long since = this.world.timeline().nanos() - this.world.scenario().interval().toNanos();
		// Who changed the id died when KV had the gone marker.
		boolean renamed = !ledger.renames.isEmpty() && ledger.markedAt != Long.MAX_VALUE;
		return !renamed && !ledger.isContested() && ledger.accessedAt > since && ledger.isWrittenSince(since);
	}

	/*
	 * Who ended it died before KV knew, or who revived it died before its second look.
	 */
	private boolean isEndExcused(Ledger ledger) {
		return isUndelivered(ledger, ledger.endings.keySet()) || isRevivalExcused(ledger);
	}

	private static boolean isUndelivered(Ledger ledger, Set<Node> enders) {
		return enders.stream().allMatch((node) -> isUnflushed(node) && !ledger.deletes.containsKey(node));
	}

	private boolean isRevivalExcused(Ledger ledger) {
		long ended = Math.min(ledger.endedAt, ledger.goneAt);
		return ledger.writes.entrySet()
			.stream()
			.anyMatch((write) -> write.getValue() > ended && write.getKey().isDown()
					&& write.getKey().downAt() < this.world.weather().doneAt(write.getValue(), WINDOW));
	}

	/*
	 * Whether who changed the id lived long enough to look for the old one's end, and
	 * that was there.
	 */
	private boolean isConvicted(Ledger ledger) {
		Ledger before = ledger.before;
		if (before == null) {
			return false;
		}
		Node renamer = before.successors.get(ledger);
		Long renamed = before.renames.get(renamer);
		boolean looked = renamed != null && !renamer.isDown();
		boolean inTime = before.goneAt != Long.MAX_VALUE && before.goneAt < renamed + WINDOW;
		// Another instance's word of an earlier end may come when these looks are over.
		boolean knowsEarlier = before.before != null && before.before.successors.get(before) == renamer;
		return looked && (inTime || (knowsEarlier && isConvicted(before)));
	}

	private void checkRecord(Ledger ledger, SessionRecord record) {
		for (String attribute : Browser.ATTRIBUTES) {
			List<Change> due = ledger.history(attribute)
				.stream()
				.filter((change) -> change.isAcknowledged() && !change.isIdle() && !isExcused(change))
				.toList();
			for (Change change : due) {
				if (!SaveRules.isWritten(change, ledger)) {
					throw new BrokenPromise("P3 " + ledger.id + " never got " + change);
				}
			}
			StoredAttribute stored = record.attributes().get(attribute);
			checkAttribute(ledger, attribute, stored, record.removed().get(attribute), due);
		}
	}

	private void checkAttribute(Ledger ledger, String attribute, StoredAttribute stored, Stamp removed,
			List<Change> due) {
		Change winner = due.stream()
			.filter((change) -> change.stamp != null)
			.max((a, b) -> a.stamp.compareTo(b.stamp))
			.orElse(null);
		if (winner == null || isOutweighedByExcused(winner, ledger)) {
			return;
		}
		boolean kept;
		if (stored != null) {
			kept = stored.at().compareTo(winner.stamp) >= 0;
		}
		else {
			kept = winner.value == null || removed != null && removed.compareTo(winner.stamp) >= 0
					|| ledger.history(attribute).stream().anyMatch((c) -> c.value == null && c.mayOutweigh(winner));
		}
		if (!kept) {
			throw new BrokenPromise("P4 " + ledger.id + " lost " + winner + ", it has "
					+ ((stored != null) ? PlainCodec.word(stored) : "nothing"));
		}
	}

	private boolean isOutweighedByExcused(Change winner, Ledger ledger) {
		return ledger.history(winner.attribute)
			.stream()
			.anyMatch(
					(change) -> change.stamp != null && change.stamp.compareTo(winner.stamp) > 0 && isExcused(change));
	}

	private boolean isExcused(Change change) {
		if (change.stamp == null) {
			return isUnflushed(change.node) || isLostByRename(change) || change.ledger().isDropped(change);
		}
		return change.node.isDown() && change.node.downAt() < mendedAt(change) || isLostByRename(change);
	}

	private long mendedAt(Change change) {
		return (change.stamp != null) ? this.world.weather().doneAt(change.appliedAt, WINDOW) : Long.MAX_VALUE;
	}

	private static boolean isUnflushed(Node node) {
		return node.isDown() && !node.isFlushed();
	}

	/*
	 * A change of id takes over what its instance knows. What was saved before on this
	 * instance is part of that, unless another one wrote over it.
	 */
	private boolean isLostByRename(Change change) {
		return change.ledger().renames.entrySet()
			.stream()
			.anyMatch((rename) -> change.acknowledgedAt >= rename.getValue()
					|| (rename.getValue() < mendedAt(change) && (rename.getKey() != change.node
							|| change.ledger().isWrittenByOthers(change.node, change.calledAt))));
	}

}
