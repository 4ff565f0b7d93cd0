package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;

/**
 * One tab of a user's browser: one request after the other, with the cookie that it
 * shares with the user's other tabs. Confined to the seed's thread.
 */
final class Browser {

	static final String[] ATTRIBUTES = { "a", "b", "c" };

	/** As long as an application works on a request. */
	private static final int LONGEST_WORK_MILLIS = 800;

	private final World world;

	private final User user;

	private final SplittableRandom random;

	Browser(World world, User user, SplittableRandom random) {
		this.world = world;
		this.user = user;
		this.random = random;
	}

	void start() {
		double share = -Math.log(1 - this.random.nextDouble());
		long pause = (long) (share * this.world.scenario().pause());
		this.world.timeline().schedule(this::request, pause);
	}

	private void request() {
		if (this.world.isOver()) {
			return;
		}
		Node node = this.world.route(this.user, this.random);
		if (node == null) {
			start();
			return;
		}
		node.began();
		guarded(node, () -> {
			if (this.user.cookie == null) {
				login(node);
				done(node);
			}
			else {
				open(node);
			}
		});
	}

	/*
	 * Every way out leads to the next request.
	 */
	private void guarded(Node node, Runnable part) {
		try {
			part.run();
		}
		catch (KvException ex) {
			done(node);
		}
		catch (Node.PowerCut ex) {
			done(node);
		}
	}

	private void done(Node node) {
		node.ended();
		start();
	}

	private void login(Node node) {
		KvSession session = node.repository().createSession();
		Ledger ledger = this.world.oracle().open(session.getId(), null);
		ledger.uncertain = true;
		this.world.budget().login(ledger);
		List<Change> changes = change(node, session, ledger);
		this.world.requests().save(node, session, ledger, changes);
		ledger.uncertain = false;
		ledger.live = true;
		this.user.cookie = ledger.id;
	}

	private void open(Node node) {
		String id = this.user.cookie;
		Ledger ledger = this.world.oracle().ledger(id);
		KvSession session = this.world.requests().find(node, id);
		if (session == null) {
			this.user.refused(ledger);
			done(node);
			return;
		}
		long work = this.random.nextInt(LONGEST_WORK_MILLIS) * Timeline.MILLI;
		this.world.timeline().schedule(() -> guarded(node, () -> finish(node, session, ledger)), work);
	}

	private void finish(Node node, KvSession session, Ledger ledger) {
		if (node.isDown()) {
			throw new Node.PowerCut();
		}
		session.setLastAccessedTime(node.clock().instant());
		switch (this.user.choose(this.random)) {
			case CHANGE -> {
				List<Change> changes = change(node, session, ledger);
				this.world.requests().save(node, session, ledger, changes);
			}
			case RENAME -> {
				Ledger renamed = this.world.requests().rename(node, session, ledger);
				this.user.renamed(ledger, renamed);
			}
			case LOGOUT -> {
				this.user.loggedOut(ledger);
				this.world.requests().delete(node, ledger);
			}
			default -> this.world.requests().save(node, session, ledger, List.of());
		}
		if (this.random.nextInt(3) == 0) {
			again(node, session);
		}
		done(node);
	}

	/*
	 * Spring Session asks twice in each request.
	 */
	private void again(Node node, KvSession session) {
		Ledger ledger = this.world.oracle().ledger(session.getId());
		if (ledger != null) {
			this.world.requests().find(node, ledger.id);
			this.world.requests().save(node, session, ledger, List.of());
		}
	}

	private List<Change> change(Node node, KvSession session, Ledger ledger) {
		List<Change> changes = new ArrayList<>();
		int first = this.random.nextInt(ATTRIBUTES.length);
		int count = 1 + this.random.nextInt(2);
		for (int i = 0; i < count; i++) {
			String attribute = ATTRIBUTES[(first + i) % ATTRIBUTES.length];
			boolean remove = this.random.nextInt(4) == 0 && session.getAttribute(attribute) != null
					&& ledger.history(attribute).stream().noneMatch((change) -> isRemovalUnderWay(change, node));
			String value = remove ? null : "v" + this.world.nextValue();
			session.setAttribute(attribute, value);
			changes.add(this.world.oracle().change(ledger, attribute, value, node));
		}
		return changes;
	}

	private static boolean isRemovalUnderWay(Change change, Node node) {
		return change.value == null && change.node == node && change.stamp == null;
	}

}
