package dev.kvsession.simulation;

import java.util.HashMap;
import java.util.Map;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;

/**
 * What a find may answer. Confined to the seed's thread.
 */
final class FindRules {

	/** For so long own writes outweigh what KV returns. */
	private static final long OWN_WRITES_KEPT = 2 * Timeline.MINUTE;

	/** No session ends sooner after a write. What was used since is forgotten. */
	private static final long MIN_INTERVAL = 50 * Timeline.SECOND;

	/** Who waits so long may find that the session has expired meanwhile. */
	private static final long LATE = 10 * Timeline.SECOND;

	/** Clocks of instances differ by less. */
	private static final long SKEW = Timeline.SECOND;

	private final World world;

	FindRules(World world) {
		this.world = world;
	}

	Expectation expect(Node node, Ledger ledger) {
		return new Expectation(node, ledger);
	}

	/**
	 * What is promised when a find begins.
	 */
	final class Expectation {

		private final Node node;

		private final Ledger ledger;

		private final long begun;

		private final boolean refused;

		private final boolean own;

		private final boolean seen;

		private final long told;

		private final Map<String, Change> latest = new HashMap<>();

		Expectation(Node node, Ledger ledger) {
			this.node = node;
			this.ledger = ledger;
			this.begun = FindRules.this.world.timeline().nanos();
			this.refused = ledger.isRefusedBy(node);
			this.own = ledger.acknowledged.getOrDefault(node, Long.MIN_VALUE / 2) > this.begun - OWN_WRITES_KEPT;
			this.seen = ledger.seen.contains(node) && !ledger.mayHaveEnded();
			this.told = ledger.told.getOrDefault(node, Long.MIN_VALUE);
			long absent = ledger.absences.getOrDefault(node, Long.MIN_VALUE);
			for (Change change : ledger.changes) {
				if (change.node == node && change.acknowledgedAt <= this.begun
						&& change.acknowledgedAt > Math.max(this.begun - OWN_WRITES_KEPT, absent)) {
					this.latest.put(change.attribute, change);
				}
			}
		}

		void check(KvSession session) {
			if (session == null) {
				checkAbsence();
				return;
			}
			if (this.refused) {
				throw broken("P5", "found after it had ended there");
			}
			long interval = session.getMaxInactiveInterval().toNanos();
			if (this.begun > this.ledger.accessedAt + interval + SKEW) {
				throw broken("P7", "found after it had expired");
			}
			long access = session.getLastAccessedTime().toEpochMilli();
			if (FindRules.this.world.scenario().nearCache() && access < this.told) {
				throw broken("P4", "found with a last access that is older than told before");
			}
			this.ledger.told.merge(this.node, access, Math::max);
			this.ledger.seen.add(this.node);
			for (String attribute : Browser.ATTRIBUTES) {
				checkValue(attribute, session.getAttribute(attribute));
			}
		}

		private void checkAbsence() {
			this.ledger.seen.remove(this.node);
			this.ledger.absences.put(this.node, FindRules.this.world.timeline().nanos());
			if (this.ledger.mayHaveEnded() || this.ledger.isContested() || !this.own) {
				return;
			}
			long interval = FindRules.this.world.scenario().interval().toNanos() - SKEW;
			if (isAlive() && !this.ledger.mayBeForgotten(this.node, this.begun - interval)) {
				throw broken("P8", "not found though written there within two minutes");
			}
		}

		private boolean isAlive() {
			long now = FindRules.this.world.timeline().nanos();
			boolean lateWrites = FindRules.this.world.scenario().profile() == Profile.BUDGET;
			if (now - this.begun > LATE || lateWrites && FindRules.this.world.scenario().isBrief()) {
				return false;
			}
			if (!FindRules.this.world.scenario().nearCache()) {
				return this.ledger.writes.getOrDefault(this.node, Long.MIN_VALUE) > this.begun - MIN_INTERVAL;
			}
			long interval = FindRules.this.world.scenario().interval().toNanos() - SKEW;
			return now - this.ledger.accesses.getOrDefault(this.node, 0L) < interval
					&& this.ledger.isWrittenSince(now - interval);
		}

		private void checkValue(String attribute, String value) {
			Change found = (value != null) ? FindRules.this.world.oracle().valued(value) : null;
			if (value != null && !this.ledger.history(attribute).contains(found)) {
				throw broken("P9", "found with a value of another session: " + found);
			}
			Change last = this.latest.get(attribute);
			if (last == null || this.ledger.mayHaveEnded() || SaveRules.isRemovedAlready(last, this.ledger)) {
				return;
			}
			boolean outweighs = (found != null) ? found.mayOutweigh(last)
					: last.value == null || this.ledger.history(attribute)
						.stream()
						.anyMatch((change) -> change.value == null && change.mayOutweigh(last));
			if (!outweighs) {
				throw broken("P4", "found with " + found + " although this had been saved: " + last);
			}
		}

		void failed(KvException failure) {
			if (this.refused) {
				throw broken("P5", "asked KV for an ended session");
			}
			if (this.seen && !this.ledger.mayHaveEnded() && FindRules.this.world.scenario().nearCache() && isAlive()) {
				throw broken("P11", "not served though it was seen before: " + failure);
			}
		}

		private BrokenPromise broken(String promise, String what) {
			return new BrokenPromise(promise + " on " + this.node.name() + " " + this.ledger.id + " was " + what);
		}

	}

}
