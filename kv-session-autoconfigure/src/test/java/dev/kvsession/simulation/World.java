package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;

/**
 * Everything of one seed. Confined to its thread.
 */
final class World {

	private final VirtualTime timeline = new VirtualTime();

	private final Anomalies anomalies = new Anomalies();

	private final Readings readings = new Readings(this.anomalies);

	private final List<Node> nodes = new ArrayList<>();

	private final List<Node> all = new ArrayList<>();

	private final Scenario scenario;

	private final Trace trace;

	private final Weather weather;

	private final Store store;

	private final Ladder ladder;

	private final Plain plain;

	private final SecrecyRules secrecy = new SecrecyRules(this);

	private final Oracle oracle;

	private final Requests requests;

	private final Users users;

	private final BudgetRules budget = new BudgetRules(this);

	private final SplittableRandom nodeSeeds;

	private int values;

	private boolean over;

	World(long seed, Scenario scenario, SplittableRandom random, int tracedLines) {
		this.scenario = scenario;
		this.ladder = Ladder.of(seed, scenario);
		this.plain = new Plain(this.ladder);
		this.trace = new Trace(this.timeline, tracedLines);
		this.weather = new Weather(random.split(), scenario.faults());
		this.nodeSeeds = random.split();
		this.oracle = new Oracle(this);
		this.store = new Store(this, new VirtualKv(scenario.kv(seed), this.timeline));
		this.requests = new Requests(this);
		this.users = new Users(this);
		for (int i = 0; i < scenario.nodes(); i++) {
			this.nodes.add(null);
			start(i);
		}
	}

	/**
	 * Starts an instance.
	 * @param place the place it takes
	 */
	void start(int place) {
		Node node = new Node(this, "i" + this.all.size(), this.nodeSeeds.split());
		this.trace.add("start", node.name());
		this.nodes.set(place, node);
		this.all.add(node);
	}

	/**
	 * Chooses the instance for a request.
	 * @param user whose request it is
	 * @param random decides where nothing else does
	 * @return the instance, or {@code null} if none serves
	 */
	Node route(User user, SplittableRandom random) {
		Node home = this.nodes.get(user.home);
		if (this.scenario.sticky() && !user.isThief() && home.isServing()) {
			return home;
		}
		List<Node> serving = this.nodes.stream().filter(Node::isServing).toList();
		return serving.isEmpty() ? null : serving.get(random.nextInt(serving.size()));
	}

	/** Starts an instance that knows nothing, beside the others. */
	Node newcomer() {
		this.nodes.add(null);
		start(this.nodes.size() - 1);
		return this.nodes.get(this.nodes.size() - 1);
	}

	Node node(int place) {
		return this.nodes.get(place);
	}

	List<Node> nodes() {
		return this.nodes;
	}

	List<Node> all() {
		return this.all;
	}

	/** Users do nothing any more, and faults end. */
	void finish() {
		this.over = true;
		this.trace.add("over");
		this.weather.endAll(this.timeline.nanos());
	}

	boolean isOver() {
		return this.over;
	}

	int nextValue() {
		return ++this.values;
	}

	VirtualTime timeline() {
		return this.timeline;
	}

	Anomalies anomalies() {
		return this.anomalies;
	}

	Readings readings() {
		return this.readings;
	}

	Scenario scenario() {
		return this.scenario;
	}

	Ladder ladder() {
		return this.ladder;
	}

	Plain plain() {
		return this.plain;
	}

	SecrecyRules secrecy() {
		return this.secrecy;
	}

	Trace trace() {
		return this.trace;
	}

	Weather weather() {
		return this.weather;
	}

	Store store() {
		return this.store;
	}

	Oracle oracle() {
		return this.oracle;
	}

	BudgetRules budget() {
		return this.budget;
	}

	Users users() {
		return this.users;
	}

	Requests requests() {
		return this.requests;
	}

}
