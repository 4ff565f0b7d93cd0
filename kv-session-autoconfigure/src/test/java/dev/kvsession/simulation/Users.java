package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.test.kv.KvEntry;

/**
 * What users do to all of their sessions, in a scenario with an index. Confined to the
 * seed's thread.
 */
final class Users {

	/** Sessions that began so shortly after a sign-out may end: five seconds and skew. */
	private static final long MARGIN = 6 * Nanos.SECOND;

	/**
	 * Each a read and a write: the session that stays and the ends of known ones, the
	 * listing, and the ends of listed ones.
	 */
	private static final int REQUESTS = 3;

	private final World world;

	private final SignOutRules rules;

	private final List<SignOutRules.SignedOut> signOuts = new ArrayList<>();

	/** By key, when KV first got an entry. */
	private final Map<String, Long> entries = new HashMap<>();

	/** Instance and key of entries that were deleted. */
	private final Set<String> deleted = new HashSet<>();

	Users(World world) {
		this.world = world;
		this.rules = new SignOutRules(world, this.entries);
	}

	/** Gives a session a user. */
	Change name(Node node, KvSession session, Ledger ledger, String name) {
		String value = name + "#" + this.world.nextValue();
		session.setAttribute(Names.ATTRIBUTE, value);
		long since = this.world.timeline().nanos() - MARGIN;
		ledger.signedOut |= this.signOuts.stream().anyMatch((one) -> one.name.equals(name) && one.doneAt > since);
		return this.world.oracle().change(ledger, Names.ATTRIBUTE, value, node);
	}

	/** Gives a session another user. */
	Change change(Node node, KvSession session, Ledger ledger) {
		this.world.anomalies().add(Anomaly.USER_CHANGED);
		return name(node, session, ledger, Names.other(Names.of(session.getAttribute(Names.ATTRIBUTE))));
	}

	/**
	 * Ends all sessions of a session's user.
	 * @param node where
	 * @param session the session
	 * @param ledger of its id
	 * @param others whether the session stays
	 */
	void signOut(Node node, KvSession session, Ledger ledger, boolean others) {
		String name = Names.of(session.getAttribute(Names.ATTRIBUTE));
		if (others) {
			find(node, name);
		}
		long now = this.world.timeline().nanos();
		SignOutRules.SignedOut signOut = new SignOutRules.SignedOut(node, name, now, others ? ledger : null);
		this.signOuts.add(signOut);
		this.world.anomalies().add(Anomaly.SIGNED_OUT);
		this.world.trace().add("sign-out", node.name(), name, others ? ledger.id : "all");
		this.world.oracle().ledgers().forEach((one) -> one.signedOut |= signOut.mayEnd(one));
		this.world.timeline().schedule(() -> this.rules.checkMarked(signOut), SignOutRules.LONGEST);
		// One listing for each key by which an entry may be named.
		node.patient(REQUESTS + this.world.plain().entries(name, ledger.id).size() - 1);
		try {
			if (others) {
				node.indexed().getUserSessions().endOthers(name, ledger.id);
			}
			else {
				node.indexed().getUserSessions().endAll(name);
			}
			signOut.complete = true;
			this.world.trace().add("signed-out", node.name(), name);
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("not-signed-out", node.name(), name, ex.getClass().getSimpleName());
			throw ex;
		}
		finally {
			signOut.doneAt = this.world.timeline().nanos();
			this.world.oracle().ledgers().forEach((one) -> one.signedOut |= signOut.mayEnd(one));
		}
	}

	/** Finds the sessions of a user. */
	List<String> find(Node node, String name) {
		List<Ledger> refused = this.world.oracle().ledgers().stream().filter((one) -> one.isRefusedBy(node)).toList();
		List<String> ids = new ArrayList<>();
		node.indexed().findByPrincipalName(name).forEach((id, session) -> {
			Ledger ledger = this.world.oracle().ledger(id);
			String value = session.getAttribute(Names.ATTRIBUTE);
			if (value == null || !Names.of(value).equals(name)) {
				throw new BrokenPromise(
						"P4 " + node.name() + " found " + id + " by the name " + name + ", but it has " + value);
			}
			if (refused.contains(ledger)) {
				throw new BrokenPromise("P5 " + node.name() + " found " + id + " by name after it had ended there");
			}
			this.world.anomalies().add(Anomaly.FOUND_BY_NAME);
			ids.add(id);
		});
		return ids;
	}

	void applied(Call call, String key, KvEntry entry) {
		long now = this.world.timeline().nanos();
		if (Names.isEntry(key) && entry != null) {
			this.entries.putIfAbsent(key, now);
		}
		if (Names.isEntry(key) && entry == null) {
			this.deleted.add(call.node.name() + " " + key);
		}
		Ledger gone = key.startsWith(Oracle.GONE) ? this.world.oracle().ledger(key.substring(Oracle.GONE.length()))
				: null;
		if (gone != null && entry != null && gone.signedOut && !gone.deleted) {
			boolean later = this.signOuts.stream()
				.anyMatch((one) -> one.node == call.node && one.doneAt < now - Nanos.MINUTE / 2 && one.mayEnd(gone));
			if (later && gone.goneAt == Long.MAX_VALUE) {
				this.world.anomalies().add(Anomaly.SIGNED_OUT_LATER);
			}
		}
	}

	/**
	 * Whether a logout has deleted the entries of a session that has always had one user.
	 * @param node where it logged out
	 * @param ledger of the id
	 * @return whether it has, or KV has none
	 */
	boolean isEntryDeleted(Node node, Ledger ledger) {
		List<String> names = this.world.scenario().indexed()
				? ledger.history(Names.ATTRIBUTE).stream().map((login) -> Names.of(login.value)).distinct().toList()
				: List.of();
		if (names.size() != 1) {
			return true;
		}
		return this.world.plain()
			.entries(names.get(0), ledger.id)
			.stream()
			.allMatch((key) -> this.deleted.contains(node.name() + " " + key) || this.world.store().truth(key) == null);
	}

	/** Checks that no sign-out should have ended a session that is in KV in the end. */
	void checkEnded(Ledger ledger) {
		this.signOuts.forEach((one) -> this.rules.checkEnded(one, ledger));
	}

}
