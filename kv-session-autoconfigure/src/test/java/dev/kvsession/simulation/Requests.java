package dev.kvsession.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

	private final Set<Saving> underWay = new LinkedHashSet<>();

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
			if (session != null && ledger != null && ledger.isRenewedTo(session.getId())) {
				return session;
			}
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
	 * Saves a session that is new or changed. That may change its id.
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
		long now = this.world.timeline().nanos();
		Saving saving = new Saving(node, session, ledger, changes, now);
		if (random != null) {
			this.world.timeline().schedule(() -> {
				if (saving.underWay && !node.isDown()) {
					setMeanwhile(saving);
				}
			}, random.nextLong(100 * Nanos.MILLI));
		}
		this.world.trace().add("save", node.name(), session.getId(), String.valueOf(changes));
		boolean joins = this.saves.mayJoin(node, ledger);
		ledger.accessedAt = Math.max(ledger.accessedAt, now);
		boolean first = ledger.saving.add(node);
		this.underWay.add(saving);
		try {
			node.repository().save(session);
			noteNewIds();
			saved(saving, joins);
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("unsaved", node.name(), session.getId(), ex.getClass().getSimpleName());
			noteNewIds();
			unsaved(saving);
			throw ex;
		}
		catch (Node.PowerCut ex) {
			failed(saving);
			throw ex;
		}
		finally {
			saving.underWay = false;
			this.underWay.remove(saving);
			if (first) {
				ledger.saving.remove(node);
			}
		}
	}

	private void saved(Saving saving, boolean joins) {
		Node node = saving.node;
		this.world.trace().add("saved", node.name(), saving.session.getId());
		if (saving.isRenamed()) {
			renamed(node, saving.found, saving.ledger(), saving.begun);
		}
		saving.ledger().accessed(node, saving.begun);
		saving.meanwhile.forEach((change) -> change.begun = true);
		boolean free = joins && !saving.isRenamed() || this.saves.mayDefer(node, saving.begun);
		this.saves.acknowledged(node, saving.ledger(), saving.changes, free);
		this.saves.acknowledged(node, saving.ledger(), saving.meanwhile, free || this.world.scenario().coalesce());
	}

	/*
	 * What was set during the save may have failed after the rest was saved.
	 */
	private void unsaved(Saving saving) {
		if (saving.isRenamed() && saving.isSettled()) {
			renamed(saving.node, saving.found, saving.ledger(), saving.begun);
		}
		else if (saving.isRenamed()) {
			unrenamed(saving.node, saving.found, saving.ledger(), saving.begun);
		}
		failed(saving);
	}

	/** Notes the ids that sessions got when they were saved. */
	void noteNewIds() {
		for (Saving saving : this.underWay) {
			if (saving.hasKeptId()) {
				unrenamed(saving.node, saving.found, saving.ledger(), saving.begun);
				saving.follow(saving.found);
			}
			else if (saving.hasUnknownId()) {
				this.world.anomalies().add(Anomaly.ID_RENEWED);
				saving.ledger().renewals.add(saving.session.getId());
				saving.follow(renaming(saving.node, saving.session, saving.ledger()));
			}
		}
	}

	private void setMeanwhile(Saving saving) {
		String value = "v" + this.world.nextValue();
		saving.session.setAttribute(Browser.ATTRIBUTES[0], value);
		this.world.anomalies().add(Anomaly.SET_DURING_A_SAVE);
		Change change = this.world.oracle().change(saving.ledger(), Browser.ATTRIBUTES[0], value, saving.node);
		change.begun = false;
		saving.meanwhile.add(change);
	}

	private void failed(Saving saving) {
		saving.changes.forEach(this::failed);
		saving.meanwhile.forEach(this::failed);
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
		long now = this.world.timeline().nanos();
		Ledger renamed = renaming(node, session, old);
		try {
			node.repository().save(session);
		}
		catch (KvException ex) {
			node.checkFailure(ex);
			this.world.trace().add("unrenamed", node.name(), old.id, ex.getClass().getSimpleName());
			unrenamed(node, old, renamed, now);
			throw ex;
		}
		renamed(node, old, renamed, now);
		return renamed;
	}

	private Ledger renaming(Node node, KvSession session, Ledger old) {
		Ledger renamed = this.world.oracle().open(node, session.getId(), old);
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
		return renamed;
	}

	private void unrenamed(Node node, Ledger old, Ledger renamed, long begun) {
		old.renaming--;
		if (old.renaming == 0 && !old.isEnded()) {
			old.renames.remove(node);
		}
		renamed.uncertain = false;
		renamed.end(node, begun);
		renamed.refusedSince.put(node, this.world.timeline().nanos());
	}

	private void renamed(Node node, Ledger old, Ledger renamed, long begun) {
		boolean lost = old.isEnded() || old.condemned || old.signedOut || old.renaming > 1
				|| this.saves.isForgotten(old);
		this.world.trace().add("renamed", node.name(), old.id, renamed.id, lost);
		if (!lost) {
			renamed.uncertain = false;
			renamed.live = true;
			this.saves.created(node, renamed, this.saves.mayDefer(node, begun));
		}
		old.end(node, begun);
		(lost ? old.learntSince : old.refusedSince).put(node, this.world.timeline().nanos());
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
