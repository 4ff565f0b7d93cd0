package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.kvsession.session.KvSession;
import dev.kvsession.session.memory.LiveSession;

/**
 * A save under way, which may change the session's id. Confined to the seed's thread.
 */
final class Saving {

	final Node node;

	final KvSession session;

	/** Of the id when the save began. */
	final Ledger found;

	/** What was set before the save. */
	final List<Change> changes;

	/** What was set during the save. */
	final List<Change> meanwhile = new ArrayList<>();

	final long begun;

	private Ledger ledger;

	boolean underWay = true;

	Saving(Node node, KvSession session, Ledger found, List<Change> changes, long begun) {
		this.node = node;
		this.session = session;
		this.found = found;
		this.ledger = found;
		this.changes = changes;
		this.begun = begun;
	}

	/** Of the id now. */
	Ledger ledger() {
		return this.ledger;
	}

	/** Whether the session has an id of which no ledger is kept here. */
	boolean hasUnknownId() {
		return !this.session.getId().equals(this.ledger.id);
	}

	/** Whether the session has its old id again. */
	boolean hasKeptId() {
		return isRenamed() && this.session.getId().equals(this.found.id);
	}

	/** What is saved goes with the session to its new id. */
	void follow(Ledger renamed) {
		this.changes.forEach((change) -> change.move(renamed));
		this.meanwhile.forEach((change) -> change.move(renamed));
		this.ledger = renamed;
	}

	boolean isRenamed() {
		return this.ledger != this.found;
	}

	/** Whether the session certainly goes on under its id. */
	boolean isSettled() {
		LiveSession live = this.session.live();
		return live != null && live.id().equals(this.ledger.id);
	}

}
