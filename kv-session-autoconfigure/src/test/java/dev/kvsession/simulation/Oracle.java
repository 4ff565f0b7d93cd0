package dev.kvsession.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvEntry;

/**
 * Keeps the ledgers: follows what is written to KV. Confined to the seed's thread.
 */
final class Oracle {

	static final String RECORD = "session:";

	private static final String MARKER = "session-gone:";

	private static final int MIN_TTL = 60;

	/**
	 * When every reader sees a marker, and whoever writes has looked: a state may be five
	 * seconds old, and a write may be repeated for a while.
	 */
	private static final long LOOKED = Scenario.STALENESS.toNanos() + 12 * Timeline.SECOND;

	private final World world;

	private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

	private final Map<String, Change> values = new HashMap<>();

	Oracle(World world) {
		this.world = world;
	}

	Ledger ledger(String id) {
		return this.ledgers.get(id);
	}

	Ledger open(String id, Ledger before) {
		return this.ledgers.computeIfAbsent(id, (key) -> new Ledger(id, before));
	}

	Collection<Ledger> ledgers() {
		return this.ledgers.values();
	}

	Change change(Ledger ledger, String attribute, String value, Node node) {
		Change change = new Change(ledger, attribute, value, node, this.world.timeline().nanos());
		ledger.changes.add(change);
		if (value != null) {
			this.values.put(value, change);
		}
		return change;
	}

	Change valued(String value) {
		return this.values.get(value);
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
		if (key.startsWith(MARKER) && entry != null) {
			Ledger marked = this.ledgers.get(key.substring(MARKER.length()));
			marked.markedAt = Math.min(marked.markedAt, now);
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
		if (ordinary && call.sentAt - LOOKED > ledger.markedAt) {
			throw new BrokenPromise(
					"P5 " + call.node.name() + " wrote " + ledger.id + " although its marker could be seen");
		}
		SessionRecord record = PlainCodec.INSTANCE.decode(entry.text());
		long seconds = Math.max(MIN_TTL, record.maxInactiveInterval().toSeconds());
		if (seen.ttl(key) != seconds) {
			throw new BrokenPromise("P7 " + ledger.id + " was written for " + seen.ttl(key) + " s, not " + seconds);
		}
		this.world.budget().written(ledger, call);
		ledger.writes.put(call.node, now);
		stamped(ledger, record, now);
		noteOverwritten(ledger, record);
	}

	private void stamped(Ledger ledger, SessionRecord record, long now) {
		record.attributes().forEach((name, stored) -> {
			Change change = this.values.get(PlainCodec.word(stored));
			stamp(change, stored.at(), now);
		});
		record.removed()
			.forEach((name, at) -> ledger.history(name)
				.stream()
				.filter((change) -> change.value == null && change.node.name().equals(at.writer()))
				.filter((change) -> change.stamp == null && change.stampedFrom <= at.millis())
				.forEach((change) -> stamp(change, at, now)));
	}

	private void stamp(Change change, Stamp at, long now) {
		if (change.stamp == null) {
			change.stamp = at;
			change.appliedAt = now;
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
