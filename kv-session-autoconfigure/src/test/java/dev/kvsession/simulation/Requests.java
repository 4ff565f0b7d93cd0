package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;

/**
 * What users do to instances, checked: each method is one operation of the repository.
 * Confined to the seed's thread.
 */
final class Requests {

	private final World world;

	private final FindRules finds;

	private final SaveRules saves;

	Requests(World world) {
		this.world = world;
		this.finds = new FindRules(world);
		this.saves = new SaveRules(world);
	}

	/**
	 * Finds a session.
	 * @param node where
	 * @param id the id
	 * @param safe whether the request is safe
	 * @param since when the request first found it
	 * @return the session or {@code null}
	 * @throws KvException if KV could not be asked
	 */
	KvSession find(Node node, String id, boolean safe, long since) {
		Ledger ledger = this.world.oracle().ledger(id);
		FindRules.Expectation expectation = (ledger != null) ? this.finds.expect(node, ledger, safe, since) : null;
		this.world.trace().add("find", node.name(), id);
		try {
			KvSession session = node.repository().findById(id);
			this.world.trace().add("found", node.name(), id, describe(session));
			if (expectation != null) {
				expectation.check(session);
			}
			else if (session != null) {
				throw new BrokenPromise("P9 " + node.name() + " found " + id + ", which nobody made");
			}
			return session;
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("unfound", node.name(), id, ex.getClass().getSimpleName());
			if (expectation != null) {
				expectation.failed(ex);
			}
			throw ex;
		}
	}

	/**
	 * Saves a session that is new or changed.
	 * @param node where
	 * @param session the session
	 * @param ledger of its id as it was found, or created
	 * @param changes what it changes
	 * @throws KvException if KV did not take it
	 */
	void save(Node node, KvSession session, Ledger ledger, List<Change> changes) {
		save(node, session, ledger, changes, null);
	}

	/**
	 * Saves a session, and sets something more while that waits for KV.
	 * @param node where
	 * @param session the session
	 * @param ledger of its id as it was found, or created
	 * @param changes what it changes
	 * @param random when to set something more, or {@code null} for not at all
	 * @throws KvException if KV did not take it
	 */
	void save(Node node, KvSession session, Ledger ledger, List<Change> changes, SplittableRandom random) {
		List<Change> meanwhile = new ArrayList<>();
		boolean[] saving = { true };
		if (random != null) {
			this.world.timeline().schedule(() -> {
				if (saving[0] && !node.isDown()) {
					meanwhile.add(setMeanwhile(node, session, ledger));
				}
			}, random.nextLong(100 * Nanos.MILLI));
		}
		long now = this.world.timeline().nanos();
		this.world.trace().add("save", node.name(), session.getId(), String.valueOf(changes));
		boolean joins = this.saves.mayJoin(node, ledger);
		ledger.accessedAt = Math.max(ledger.accessedAt, now);
		boolean first = ledger.saving.add(node);
		try {
			node.repository().save(session);
			this.world.trace().add("saved", node.name(), session.getId());
			ledger.accessed(node, now);
			meanwhile.forEach((change) -> change.begun = true);
			boolean free = joins || this.saves.mayDefer(node, now);
			this.saves.acknowledged(node, ledger, changes, free);
			this.saves.acknowledged(node, ledger, meanwhile, free || this.world.scenario().coalesce());
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("unsaved", node.name(), session.getId(), ex.getClass().getSimpleName());
			changes.forEach(this::failed);
			meanwhile.forEach(this::failed);
			throw ex;
		}
		catch (Node.PowerCut ex) {
			changes.forEach(this::failed);
			meanwhile.forEach(this::failed);
			throw ex;
		}
		finally {
			saving[0] = false;
			if (first) {
				ledger.saving.remove(node);
			}
		}
	}

	private Change setMeanwhile(Node node, KvSession session, Ledger ledger) {
		String value = "v" + this.world.nextValue();
		session.setAttribute(Browser.ATTRIBUTES[0], value);
		this.world.anomalies().add(Anomaly.SET_DURING_A_SAVE);
		Change change = this.world.oracle().change(ledger, Browser.ATTRIBUTES[0], value, node);
		change.begun = false;
		return change;
	}

	private void failed(Change change) {
		change.failed = true;
		if (change.stamp != null) {
			this.world.anomalies().add(Anomaly.FAILED_BUT_WRITTEN);
		}
	}

	/**
	 * Changes a session's id.
	 * @param node where
	 * @param session the session
	 * @param old of its id
	 * @return the ledger of the new id
	 * @throws KvException if KV did not take it
	 */
	Ledger rename(Node node, KvSession session, Ledger old) {
		session.changeSessionId();
		Ledger renamed = this.world.oracle().open(session.getId(), old);
		renamed.uncertain = true;
		renamed.condemned = old.condemned || old.deleted;
		renamed.signedOut = old.signedOut;
		old.successors.put(renamed, node);
		long now = this.world.timeline().nanos();
		renamed.accessed(node, now);
		old.accessedAt = Math.max(old.accessedAt, now);
		old.renames.putIfAbsent(node, now);
		old.renaming++;
		this.world.trace().add("rename", node.name(), old.id, session.getId());
		try {
			node.repository().save(session);
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("unrenamed", node.name(), old.id, ex.getClass().getSimpleName());
			old.renaming--;
			if (old.renaming == 0 && !old.isEnded()) {
				old.renames.remove(node);
			}
			renamed.uncertain = false;
			renamed.end(node, now);
			renamed.refusedSince.put(node, this.world.timeline().nanos());
			throw ex;
		}
		boolean lost = old.isEnded() || old.condemned || old.signedOut || old.renaming > 1
				|| this.saves.isForgotten(old);
		this.world.trace().add("renamed", node.name(), old.id, session.getId(), lost);
		if (!lost) {
			renamed.uncertain = false;
			renamed.live = true;
			this.saves.created(node, renamed, this.saves.mayDefer(node, now));
		}
		old.end(node, now);
		(lost ? old.learntSince : old.refusedSince).put(node, this.world.timeline().nanos());
		return renamed;
	}

	/**
	 * Logs out.
	 * @param node where
	 * @param ledger of the id
	 * @throws KvException if KV could not be told
	 */
	void delete(Node node, Ledger ledger) {
		long now = this.world.timeline().nanos();
		this.world.trace().add("delete", node.name(), ledger.id);
		boolean first = !ledger.mayHaveEnded();
		ledger.deleted = true;
		ledger.successors.keySet().forEach(Ledger::condemn);
		ledger.end(node, now);
		ledger.refusedSince.putIfAbsent(node, now);
		try {
			node.repository().deleteById(ledger.id);
			this.world.trace().add("deleted", node.name(), ledger.id);
			if (first) {
				this.saves.ended(node, ledger, now);
			}
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("undeleted", node.name(), ledger.id, ex.getClass().getSimpleName());
			throw ex;
		}
	}

	private static String describe(KvSession session) {
		if (session == null) {
			return "nothing";
		}
		StringBuilder text = new StringBuilder();
		for (String name : Browser.ATTRIBUTES) {
			text.append(name).append('=').append((Object) session.getAttribute(name)).append(' ');
		}
		return text.toString();
	}

}
