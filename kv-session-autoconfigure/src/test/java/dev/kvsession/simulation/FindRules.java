package dev.kvsession.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.web.SessionRequest;

/**
 * What a find may answer. Confined to the seed's thread.
 */
final class FindRules {

	/** For so long own writes outweigh what KV returns. */
	private static final long OWN_WRITES_KEPT = 2 * Nanos.MINUTE;

	/** No session ends sooner after a write. What was used since is forgotten. */
	private static final long MIN_INTERVAL = 50 * Nanos.SECOND;

	/** Who waits so long may find that the session has expired meanwhile. */
	private static final long LATE = 10 * Nanos.SECOND;

	/** For so long a safe request is served what is known. */
	private static final long MAX_STALENESS = 5 * Nanos.MINUTE + Nanos.SECOND;

	/** For so long a reload that began in time may wait for company and its answer. */
	private static final long RELOAD = 15 * Nanos.SECOND;

	/** For so long after a failed call what is known counts as in an outage. */
	private static final long TROUBLE = 10 * Nanos.MINUTE;

	/** For so long after a write KV's word that there is no record is not believed. */
	private static final long YOUNG = 2 * Nanos.MINUTE + 5 * Nanos.SECOND;

	/** For so long an instance may remember that KV had no record. */
	private static final long ABSENCE_KEPT = Nanos.MINUTE;

	/** For so long after it was made a signed id proves that there was a session. */
	private static final long PROOF = 2 * Nanos.MINUTE - Nanos.SECOND;

	/** Clocks of instances differ by less. */
	private static final long SKEW = Nanos.SECOND;

	private final World world;

	FindRules(World world) {
		this.world = world;
	}

	/**
	 * Notes what is promised when a find begins.
	 * @param node where
	 * @param ledger the session
	 * @param safe whether its request is safe
	 * @param since when the request first found the session, which holds for all of it
	 * @return what is promised
	 */
	Expectation expect(Node node, Ledger ledger, boolean safe, long since) {
		return new Expectation(node, ledger, safe, since);
	}

	/*
	 * Whether KV's latest word to an instance is that there is no record, and is believed
	 * there.
	 */
	private static boolean isKnownAbsent(Node node, Ledger ledger, long since) {
		long absent = ledger.missedAt.getOrDefault(node, Long.MIN_VALUE);
		return absent > ledger.confirmedAt.getOrDefault(node, Long.MIN_VALUE) && absent <= since
				&& !isYoung(ledger, absent);
	}

	/** Whether KV's word at that time that there is no record is not believed. */
	static boolean isYoung(Ledger ledger, long absent) {
		return ledger.writes.values().stream().anyMatch((write) -> write > absent - YOUNG);
	}

	/**
	 * What is promised when a find begins.
	 */
	final class Expectation {

		private final Node node;

		private final Ledger ledger;

		private final long begun;

		private final long since;

		private final boolean refused;

		private final boolean safe;

		private final boolean absent;

		private final Long confirmed;

		private final boolean own;

		/** KV shows the record everywhere, or a signed id proves that there was one. */
		private final boolean certain;

		private final boolean seen;

		private final long told;

		private final Map<String, Change> latest = new HashMap<>();

		Expectation(Node node, Ledger ledger, boolean safe, long since) {
			this.safe = safe;
			this.confirmed = ledger.confirmedAt.get(node);
			this.absent = isKnownAbsent(node, ledger, since);
			this.node = node;
			this.ledger = ledger;
			this.since = since;
			this.begun = FindRules.this.world.timeline().nanos();
			this.refused = ledger.isRefusedBy(node) || ledger.learntSince.getOrDefault(node, Long.MAX_VALUE) <= since;
			this.own = ledger.acknowledged.getOrDefault(node, Long.MIN_VALUE / 2) > this.begun - OWN_WRITES_KEPT;
			this.seen = ledger.seen.contains(node) && !ledger.mayHaveEnded();
			this.certain = isShown() || isProven();
			this.told = ledger.told.getOrDefault(node, Long.MIN_VALUE);
			long absent = ledger.absences.getOrDefault(node, Long.MIN_VALUE);
			for (Change change : ledger.changes) {
				if (change.node == node && change.acknowledgedAt <= this.begun
						&& change.acknowledgedAt > Math.max(this.begun - OWN_WRITES_KEPT, absent)) {
					this.latest.put(change.attribute, change);
				}
			}
		}

		private boolean isShown() {
			return this.ledger.isKeptSince(this.begun - Oracle.LOOKED)
					&& this.ledger.absentAt.getOrDefault(this.node, Long.MIN_VALUE / 2) < this.begun - ABSENCE_KEPT;
		}

		private boolean isProven() {
			return this.node.setting().signing().isOn() && Plain.isSigned(this.ledger.id) && this.ledger.live
					&& SessionRequest.current() != null && this.begun - this.ledger.madeAt < PROOF;
		}

		void check(KvSession session) {
			if (session == null) {
				checkAbsence();
				return;
			}
			if (this.refused) {
				throw broken("P5", "found after it had ended there");
			}
			if (this.absent && isKnownAbsent(this.node, this.ledger, this.since)) {
				throw broken("P5", "found after KV had told that there is none");
			}
			checkAge();
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

		/*
		 * A request that did not wait for KV's answer was served what KV had confirmed
		 * lately.
		 */
		private void checkAge() {
			long now = FindRules.this.world.timeline().nanos();
			Long confirmed = this.ledger.confirmedAt.get(this.node);
			boolean disbelieved = this.ledger.absentAt.getOrDefault(this.node, Long.MIN_VALUE) > this.begun - YOUNG;
			boolean slack = this.node.wasTroubled(this.begun - TROUBLE) || confirmed == null || disbelieved
					|| FindRules.this.world.scenario().profile() == Profile.BUDGET;
			boolean waited = now > this.begun;
			boolean answered = waited && confirmed != null && !confirmed.equals(this.confirmed);
			if (slack || answered || this.ledger.isContested()) {
				return;
			}
			long age = this.begun - confirmed;
			long most = (this.safe || waited) ? MAX_STALENESS
					: FindRules.this.world.scenario().nearCacheAge().toNanos() + RELOAD;
			if (age > most) {
				throw broken("P5", "served without KV's answer, confirmed " + age / Nanos.SECOND + " s ago");
			}
		}

		private void checkAbsence() {
			this.ledger.seen.remove(this.node);
			this.ledger.absences.put(this.node, FindRules.this.world.timeline().nanos());
			if (this.ledger.mayHaveEnded() || this.ledger.isContested()) {
				return;
			}
			if (this.certain && !FindRules.this.world.scenario().isBrief()) {
				throw broken("P8", "not found though nobody ended it");
			}
			if (!this.own) {
				return;
			}
			long interval = FindRules.this.world.scenario().interval().toNanos() - SKEW;
			if (isAlive() && !this.ledger.mayBeForgotten(this.node, this.begun - interval)) {
				throw broken("P8", "not found though written there within two minutes");
			}
		}

		/*
		 * What is saved then is dropped, but the request goes on with what it found.
		 */
		private boolean isForgotten() {
			long interval = FindRules.this.world.scenario().interval().toNanos();
			return this.since < this.begun && !this.ledger.isWrittenSince(this.begun - interval);
		}

		private boolean isAlive() {
			long now = FindRules.this.world.timeline().nanos();
			boolean lateWrites = FindRules.this.world.scenario().profile() == Profile.BUDGET;
			if (now - this.begun > LATE || lateWrites && FindRules.this.world.scenario().isBrief()) {
				return false;
			}
			long interval = FindRules.this.world.scenario().interval().toNanos() - SKEW;
			boolean written = FindRules.this.world.scenario().nearCache() ? this.ledger.isWrittenSince(now - interval)
					: this.ledger.writes.getOrDefault(this.node, Long.MIN_VALUE) > this.begun - MIN_INTERVAL;
			return written && now - this.ledger.accesses.getOrDefault(this.node, 0L) < interval;
		}

		private void checkValue(String attribute, String value) {
			List<Change> found = (value != null) ? FindRules.this.world.oracle().valued(value) : List.of();
			List<Change> history = this.ledger.history(attribute);
			if (value != null && found.stream().noneMatch(history::contains)) {
				throw broken("P9", "found with a value of another session: " + found);
			}
			Change last = this.latest.get(attribute);
			if (last == null || isForgotten() || this.ledger.mayHaveEnded() || last.isIdle()
					|| this.ledger.isDropped(last) || SaveRules.isRemovedAlready(last, this.ledger)) {
				return;
			}
			boolean outweighs = (value != null) ? found.stream().anyMatch((change) -> change.mayOutweigh(last))
					: last.value == null
							|| history.stream().anyMatch((change) -> change.value == null && change.mayOutweigh(last));
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
