package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import dev.kvsession.client.KvBudgetException;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.test.kv.KvEntry;

/**
 * What must be so of the index in the end: each session in KV has its entry, and no other
 * session is found by name. Confined to the seed's thread.
 */
final class IndexRules {

	/**
	 * In so long a write is repeated of which KV took only a part: after two time-outs,
	 * four refusals for the key's sake, and the pauses.
	 */
	private static final long REPEATED = 19 * Nanos.SECOND;

	private final World world;

	/** Whether who revived a session died before its second look. */
	private final Predicate<Ledger> revived;

	IndexRules(World world, Predicate<Ledger> revived) {
		this.world = world;
		this.revived = revived;
	}

	void check() {
		Map<String, String> living = new HashMap<>();
		for (Ledger ledger : this.world.oracle().ledgers()) {
			KvEntry entry = this.world.store().truth(Oracle.RECORD + ledger.id);
			if (entry != null) {
				living.put(ledger.id, named(ledger, entry));
			}
		}
		List<Node> nodes = new ArrayList<>(this.world.nodes());
		nodes.removeIf(Node::isDown);
		nodes.add(this.world.newcomer());
		nodes.forEach((node) -> Names.ALL.forEach((name) -> search(node, name, living)));
	}

	/*
	 * With two keys a search is three listings, for which there may not be enough calls.
	 */
	private void search(Node node, String name, Map<String, String> living) {
		try {
			found(node, name, living);
		}
		catch (KvBudgetException ex) {
			if (this.world.scenario().profile() != Profile.BUDGET || !this.world.ladder().isProtected()) {
				throw ex;
			}
		}
	}

	private String named(Ledger ledger, KvEntry entry) {
		SessionRecord record = PlainCodec.INSTANCE.decode(entry.text());
		String name = Names.of(PlainCodec.word(record.attributes().get(Names.ATTRIBUTE)));
		if (record.indexes() == null || !name.equals(record.indexes().names().get(Names.ATTRIBUTE))) {
			throw new BrokenPromise("P4 " + ledger.id + " is of " + name + ", but is indexed as " + record.indexes());
		}
		KvEntry indexed = this.world.plain()
			.entries(name, ledger.id)
			.stream()
			.map(this.world.store()::truth)
			.filter(Objects::nonNull)
			.max(Comparator.comparing(KvEntry::expiresAt))
			.orElse(null);
		if (ledger.uncertain || isCutOff(ledger) || this.revived.test(ledger)) {
			// A save that failed: KV may have taken a part of it.
			return name;
		}
		if (indexed == null) {
			throw new BrokenPromise("P4 " + ledger.id + " of " + name + " has no entry in the end");
		}
		if (indexed.expiresAt().isBefore(entry.expiresAt().minusNanos(REPEATED))) {
			throw new BrokenPromise("P7 the entry of " + ledger.id + " ends at " + indexed.expiresAt() + ", its record "
					+ entry.expiresAt());
		}
		return name;
	}

	/*
	 * Who wrote the record stopped before it could repeat the entry.
	 */
	private boolean isCutOff(Ledger ledger) {
		return ledger.writes.entrySet()
			.stream()
			.anyMatch((write) -> write.getKey().isDown()
					&& write.getKey().downAt() < this.world.weather().doneAt(write.getValue(), REPEATED));
	}

	private void found(Node node, String name, Map<String, String> living) {
		List<String> found = this.world.users().find(node, name);
		for (String id : found) {
			if (!living.containsKey(id)) {
				throw new BrokenPromise("P5 " + node.name() + " finds " + id + " by name, which has ended");
			}
		}
		List<String> handles = node.indexed().getUserSessions().list(name).stream().map(UserSession::handle).toList();
		living.forEach((id, owner) -> {
			Ledger ledger = this.world.oracle().ledger(id);
			boolean listed = handles.contains(UserSession.handleOf(id));
			if (owner.equals(name) && !(ledger.mayHaveEnded() || isCutOff(ledger)) && !(found.contains(id) && listed)) {
				throw new BrokenPromise("P4 " + node.name() + " does not find " + id + " by the name " + name);
			}
		});
		if (handles.stream()
			.anyMatch(
					(handle) -> living.keySet().stream().noneMatch((id) -> UserSession.handleOf(id).equals(handle)))) {
			throw new BrokenPromise("P5 " + node.name() + " lists a session of " + name + " that has ended");
		}
	}

}
