package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvEntry;

/**
 * Keeps the ledgers: follows what is written to KV. Confined to the seed's thread.
 */
final class Oracle {

	static final String RECORD = "session:";

	static final String GONE = "session-gone:";

	private static final String RENAMED = "session-renamed:";

	private static final int MIN_TTL = 60;

	/**
	 * When every reader sees a marker, and whoever writes has looked: a state may be five
	 * seconds old, and a write may be repeated for a while.
	 */
	static final long LOOKED = Scenario.STALENESS.toNanos() + 12 * Nanos.SECOND;

	private final World world;

	private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

	/** All changes that set a value, the first one first. */
	private final Map<String, List<Change>> values = new HashMap<>();

	Oracle(World world) {
		this.world = world;
	}

	static String gone(String recordKey) {
		return GONE + recordKey.substring(RECORD.length());
	}

	Ledger ledger(String id) {
		return this.ledgers.get(id);
	}

	/**
	 * Opens the ledger of an id.
	 * @param node that made it
	 * @param id the id
	 * @param before of the session's previous id, or {@code null}
	 * @return the ledger
	 */
	Ledger open(Node node, String id, Ledger before) {
		this.world.secrecy().made(node, id);
		return this.ledgers.computeIfAbsent(id, (key) -> new Ledger(id, before, this.world.timeline().nanos()));
	}

	Collection<Ledger> ledgers() {
		return this.ledgers.values();
	}

	Change change(Ledger ledger, String attribute, String value, Node node) {
		Change change = new Change(ledger, attribute, value, node, this.world.timeline().nanos());
		ledger.changes.add(change);
		if (value != null) {
			this.values.computeIfAbsent(value, (key) -> new ArrayList<>()).add(change);
		}
		return change;
	}

	/**
	 * Notes that a value is set again which the session had when the request found it.
	 * @param ledger the session
	 * @param attribute the attribute
	 * @param value the value
	 * @param node where
	 * @param foundAt when the request began to find the session
	 * @return the change, if it is one: it need not be if nobody here has set another
	 * value since that outweighs it, for then the newest state known here may have it
	 */
	Change again(Ledger ledger, String attribute, String value, Node node, long foundAt) {
		boolean overlapped = ledger.history(attribute)
			.stream()
			.filter((change) -> change.node == node && change.begun && !change.failed)
			.filter((change) -> !change.isIdle() || value.equals(change.value))
			.reduce((a, b) -> (a.calledAt <= b.calledAt) ? b : a)
			.filter((latest) -> !value.equals(latest.value))
			.filter((latest) -> latest.ledger() == ledger)
			.filter((latest) -> latest.calledAt > foundAt || latest.acknowledgedAt > foundAt)
			.filter((latest) -> latest.isAcknowledged() || !node.wasTroubled(latest.calledAt))
			.filter((latest) -> valued(value).stream().noneMatch((c) -> c.stamp != null && c.mayOutweigh(latest)))
			.isPresent();
		Change again = change(ledger, attribute, value, node);
		again.optional = !overlapped;
		return again;
	}

	List<Change> valued(String value) {
		return this.values.getOrDefault(value, List.of());
	}

	/** Whether a node has written within two minutes. */
	boolean isInWindow(Node node) {
		long since = this.world.timeline().nanos() - Settlement.WINDOW;
		return this.ledgers.values()
			.stream()
			.anyMatch((ledger) -> ledger.writes.getOrDefault(node, Long.MIN_VALUE) > since);
	}

	/**
	 * Called when a write has taken effect.
	 * @param call the call
	 * @param seen what KV saw of it
	 * @param key the key written
	 * @param entry what is stored now, or {@code null}
	 */
	void applied(Call call, KvCall seen, String key, KvEntry entry) {
		long now = this.world.timeline().nanos();
		this.world.users().applied(call, key, entry);
		if (key.startsWith(GONE) && entry != null) {
			Ledger gone = this.ledgers.get(key.substring(GONE.length()));
			gone.goneAt = Math.min(gone.goneAt, now);
			gone.markedAt = Math.min(gone.markedAt, now);
			gone.markers.add(call.node);
		}
		if (key.startsWith(RENAMED) && entry != null) {
			Ledger renamed = this.ledgers.get(key.substring(RENAMED.length()));
			renamed.markedAt = Math.min(renamed.markedAt, now);
		}
		Ledger ledger = key.startsWith(RECORD) ? this.ledgers.get(key.substring(RECORD.length())) : null;
		if (ledger == null) {
			return;
		}
		if (entry == null) {
			ledger.deletes.put(call.node, now);
			return;
		}
		Long refused = ledger.refusedSince.get(call.node);
		if (refused != null && call.sentAt > refused) {
			throw new BrokenPromise("P5 " + call.node.name() + " wrote " + ledger.id + " after it had ended there");
		}
		if (ledger.isEnded()) {
			this.world.anomalies().add(Anomaly.REVIVED);
		}
		boolean ordinary = this.world.scenario().profile() != Profile.BUDGET && !ledger.deletes.isEmpty();
		boolean looking = ledger.isRevivedBy(call.node, call.sentAt - Settlement.WINDOW);
		if (ordinary && !looking && call.sentAt - LOOKED > ledger.goneAgainAt(call.node)) {
			throw new BrokenPromise(
					"P5 " + call.node.name() + " wrote " + ledger.id + " although its marker could be seen");
		}
		SessionRecord record = PlainCodec.INSTANCE.decode(entry.text());
		long seconds = Math.max(MIN_TTL, record.maxInactiveInterval().toSeconds());
		if (seen.ttl(key) != seconds) {
			throw new BrokenPromise("P7 " + ledger.id + " was written for " + seen.ttl(key) + " s, not " + seconds);
		}
		this.world.budget().written(ledger, call);
		if (ledger.markedAt != Long.MAX_VALUE) {
			ledger.revived(call.node, now);
		}
		ledger.written(call.node, now, this.world.scenario().interval());
		stamped(ledger, record, now);
		noteOverwritten(ledger, record);
	}

	private void stamped(Ledger ledger, SessionRecord record, long now) {
		record.attributes().forEach((name, stored) -> stamped(PlainCodec.word(stored), stored.at(), now));
		record.removed()
			.forEach((name, at) -> ledger.history(name)
				.stream()
				.filter((change) -> change.value == null && change.node.name().equals(at.writer()))
				.filter((change) -> change.stamp == null && change.stampedFrom <= at.millis())
				.forEach((change) -> stamp(change, at, now)));
	}

	/*
	 * A value that nobody set again keeps its stamp.
	 */
	private void stamped(String value, Stamp at, long now) {
		List<Change> changes = valued(value);
		if (changes.stream().anyMatch((change) -> at.equals(change.stamp))) {
			return;
		}
		Change made = changes.stream()
			.filter((change) -> change.stamp == null && change.node.name().equals(at.writer()))
			.filter((change) -> change.stampedFrom <= at.millis())
			.max(Comparator.comparing((change) -> change.calledAt))
			.orElseThrow(() -> new BrokenPromise(
					"P4 " + value + " got the stamp " + at + " though nobody changed it: " + changes));
		stamp(made, at, now);
	}

	private void stamp(Change change, Stamp at, long now) {
		if (change.stamp == null) {
			change.stamp = at;
			change.appliedAt = now;
			change.begun = true;
			if (change.failed) {
				this.world.anomalies().add(Anomaly.FAILED_BUT_WRITTEN);
			}
		}
	}

	private void noteOverwritten(Ledger ledger, SessionRecord record) {
		boolean lost = ledger.changes.stream()
			.filter((change) -> change.stamp != null && change.isAcknowledged())
			.anyMatch((change) -> isMissing(change, record));
		if (lost) {
			this.world.anomalies().add(Anomaly.OVERWRITTEN);
		}
	}

	private static boolean isMissing(Change change, SessionRecord record) {
		Stamp at = record.removed().get(change.attribute);
		if (record.attributes().containsKey(change.attribute)) {
			at = record.attributes().get(change.attribute).at();
		}
		return at == null || at.compareTo(change.stamp) < 0;
	}

}
