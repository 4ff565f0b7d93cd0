package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.SimulatedRepository;

/**
 * One tab of a user's browser: one request after the other, with the cookie that it
 * shares with the user's other tabs. Confined to the seed's thread.
 */
final class Browser {

	static final String[] ATTRIBUTES = { "a", "b", "c" };

	/** As long as an application works on a request. */
	private static final int LONGEST_WORK_MILLIS = 800;

	/** Within which an end comes beside a change of id. */
	private static final long LATEST_END = 6 * Nanos.SECOND;

	private final World world;

	private final User user;

	private final SplittableRandom random;

	private long foundAt;

	/** Runs what belongs to the request under way. */
	private Consumer<Runnable> request = Runnable::run;

	Browser(World world, User user, SplittableRandom random) {
		this.world = world;
		this.user = user;
		this.random = random;
	}

	void start() {
		this.world.timeline().schedule(this::request, this.world.scenario().pause(this.random));
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
		User.Action action = this.user.choose(this.random);
		boolean safe = action == User.Action.USE || this.random.nextInt(4) == 0;
		this.request = SimulatedRepository.request(safe);
		guarded(node, () -> {
			if (this.user.cookie == null) {
				login(node);
				done(node);
			}
			else {
				open(node, action, safe);
			}
		});
	}

	/*
	 * Every way out leads to the next request.
	 */
	private void guarded(Node node, Runnable part) {
		try {
			this.request.accept(part);
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
		Ledger ledger = this.world.oracle().open(node, session.getId(), null);
		ledger.uncertain = true;
		this.world.budget().login(ledger);
		List<Change> changes = change(node, session, ledger);
		// A session without a user is no login.
		if (this.world.scenario().indexed()) {
			changes.add(this.world.users().name(node, session, ledger, this.user.name));
		}
		else {
			session.setAttribute(Names.ATTRIBUTE, "user");
			changes.add(this.world.oracle().change(ledger, Names.ATTRIBUTE, "user", node));
		}
		this.world.requests().save(node, session, ledger, changes);
		ledger.uncertain = false;
		ledger.live = true;
		this.user.cookie = ledger.id;
	}

	private void open(Node node, User.Action action, boolean safe) {
		String id = this.user.cookie;
		Ledger ledger = this.world.oracle().ledger(id);
		this.foundAt = this.world.timeline().nanos();
		KvSession session = this.world.requests().find(node, id, safe, this.foundAt);
		if (session == null) {
			this.user.refused(ledger);
			done(node);
			return;
		}
		Ledger present = session.getId().equals(id) ? ledger : this.world.oracle().ledger(session.getId());
		this.user.renamed(ledger, present);
		long work = this.random.nextInt(LONGEST_WORK_MILLIS) * Nanos.MILLI;
		this.world.timeline().schedule(() -> guarded(node, () -> finish(node, session, present, action)), work);
	}

	private void finish(Node node, KvSession session, Ledger ledger, User.Action action) {
		if (node.isDown()) {
			throw new Node.PowerCut();
		}
		session.setLastAccessedTime(node.clock().instant());
		if (this.random.nextInt(3) == 0) {
			setAgain(session);
		}
		try {
			act(node, session, ledger, action);
			if (this.random.nextInt(3) == 0) {
				again(node, session);
			}
		}
		finally {
			follow(node, session, ledger);
		}
		done(node);
	}

	/*
	 * The answer carries the id that a save gave the session.
	 */
	private void follow(Node node, KvSession session, Ledger ledger) {
		boolean renewed = session.live() != null && session.live().id().equals(session.getId());
		if (renewed && !node.isDown() && !session.getId().equals(ledger.id)) {
			this.user.renamed(ledger, this.world.oracle().ledger(session.getId()));
		}
	}

	private void act(Node node, KvSession session, Ledger ledger, User.Action action) {
		switch (action) {
			case CHANGE -> {
				List<Change> changes = (this.random.nextInt(4) == 0) ? repeat(node, session, ledger)
						: change(node, session, ledger);
				this.world.requests()
					.save(node, session, ledger, changes, (this.random.nextInt(4) == 0) ? this.random : null);
			}
			case RENAME -> {
				if (this.random.nextInt(3) == 0) {
					endBeside(ledger);
				}
				Ledger renamed = this.world.requests().rename(node, session, ledger);
				this.user.renamed(ledger, renamed);
			}
			case LOGOUT -> {
				this.user.loggedOut(ledger);
				this.world.requests().delete(node, ledger);
			}
			case SWITCH -> this.world.requests()
				.save(node, session, ledger, List.of(this.world.users().change(node, session, ledger)));
			case SIGN_OUT -> {
				this.user.loggedOut(ledger);
				this.world.users().signOut(node, session, ledger, false);
			}
			case SIGN_OUT_OTHERS -> this.world.users().signOut(node, session, ledger, true);
			default -> this.world.requests().save(node, session, ledger, List.of());
		}
	}

	/*
	 * Another tab logs out while this one changes the session's id, or soon after.
	 */
	private void endBeside(Ledger ledger) {
		Node node = this.world.route(this.user, this.random);
		if (node == null) {
			return;
		}
		node.schedule(() -> {
			this.world.anomalies().add(Anomaly.ENDED_BESIDE_A_CHANGE_OF_ID);
			node.began();
			try {
				this.world.requests().delete(node, ledger);
			}
			catch (KvException | Node.PowerCut ex) {
				// The user goes away.
			}
			finally {
				node.ended();
			}
		}, this.random.nextLong(LATEST_END));
	}

	/*
	 * Spring Session asks twice in each request.
	 */
	private void again(Node node, KvSession session) {
		Ledger ledger = this.world.oracle().ledger(session.getId());
		if (ledger != null) {
			// What the first find answered holds.
			this.world.requests().find(node, ledger.id, true, this.foundAt);
			this.world.requests().save(node, session, ledger, List.of());
		}
	}

	/*
	 * As Spring does with each session-scoped bean after each request.
	 */
	private static void setAgain(KvSession session) {
		for (String attribute : ATTRIBUTES) {
			Object value = session.getAttribute(attribute);
			if (value != null) {
				session.setAttribute(attribute, value);
			}
		}
	}

	/*
	 * Sets what it has read as a value of its own, as an application does that switches
	 * something on which it takes for being on.
	 */
	private List<Change> repeat(Node node, KvSession session, Ledger ledger) {
		String attribute = ATTRIBUTES[this.random.nextInt(ATTRIBUTES.length)];
		String value = session.getAttribute(attribute);
		if (value == null) {
			return List.of();
		}
		session.setAttribute(attribute, new String(value));
		this.world.anomalies().add(Anomaly.SET_AGAIN);
		return List.of(this.world.oracle().again(ledger, attribute, value, node, this.foundAt));
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
