package dev.kvsession.simulation;

import java.util.List;
import java.util.SplittableRandom;

import dev.kvsession.client.KvException;

/**
 * What befalls instances and KV while users are at work: outages, power cuts, restarts,
 * strangers with made-up ids, and other tools that use the token. Confined to the seed's
 * thread.
 */
final class Events {

	private static final long STEP = 20 * Nanos.MILLI;

	private static final long WAVE = 10 * Nanos.SECOND;

	private static final int PATIENCE = 1000;

	private final World world;

	private final SplittableRandom random;

	Events(World world, SplittableRandom random) {
		this.world = world;
		this.random = random;
	}

	void plan() {
		Profile profile = this.world.scenario().profile();
		if (profile == Profile.OUTAGES) {
			later(this::outage);
		}
		if (profile == Profile.CRASHES) {
			int falls = 1 + this.random.nextInt(4);
			for (int i = 0; i < falls; i++) {
				later(this::fall);
			}
		}
		if (this.world.scenario().isFlood()) {
			reader();
			if (this.world.scenario().isRush()) {
				wave();
				newcomer();
			}
		}
		else if (profile == Profile.BUDGET) {
			stranger();
		}
		if (this.world.scenario().foreign()) {
			foreign();
		}
	}

	private void later(Runnable event) {
		this.world.timeline().schedule(event, this.random.nextLong(this.world.scenario().length()));
	}

	private void outage() {
		if (this.world.isOver()) {
			return;
		}
		this.world.weather().storm(this.world.timeline().nanos());
		this.world.anomalies().add(Anomaly.OUTAGE);
		this.world.trace().add("outage");
		this.world.timeline().schedule(() -> {
			this.world.trace().add("calm");
			this.world.weather().calm(this.world.timeline().nanos());
		}, this.random.nextLong(Nanos.SECOND, 3 * Nanos.MINUTE));
	}

	private void fall() {
		fall(this.random.nextInt(this.world.scenario().nodes()), this.random.nextBoolean() ? PATIENCE : 0);
	}

	/*
	 * Now and then the moment is chosen when there is something to lose.
	 */
	private void fall(int place, int patience) {
		Node node = this.world.node(place);
		if (this.world.isOver() || !node.isServing()) {
			return;
		}
		if (patience > 0 && !node.holdsChanges()) {
			this.world.timeline().schedule(() -> fall(place, patience - 1), STEP);
			return;
		}
		Runnable restart = () -> this.world.timeline()
			.schedule(() -> this.world.start(place), this.random.nextLong(20 * Nanos.SECOND));
		if (this.random.nextBoolean()) {
			this.world.trace().add("crash", node.name());
			this.world.anomalies().add(Anomaly.CRASH);
			node.crash();
			if (this.world.oracle().isInWindow(node)) {
				this.world.anomalies().add(Anomaly.CRASH_IN_WINDOW);
			}
			restart.run();
		}
		else {
			this.world.trace().add("stop", node.name());
			this.world.anomalies().add(Anomaly.STOPPED);
			node.stop(restart);
		}
	}

	private void stranger() {
		if (this.world.isOver()) {
			return;
		}
		look("stranger-" + this.random.nextInt(10_000_000, 100_000_000));
		this.world.timeline().schedule(this::stranger, this.random.nextLong(600 * Nanos.MILLI));
	}

	/*
	 * Many strangers, and then for as long none, so that whoever waits behind them can go
	 * on.
	 */
	private void wave() {
		if (this.world.isOver()) {
			return;
		}
		long rest = this.world.timeline().nanos() % (2 * WAVE) - WAVE;
		this.world.timeline().schedule(this::wave, (rest > 0) ? WAVE - rest : this.random.nextLong(200 * Nanos.MILLI));
		look("stranger-" + this.random.nextInt(10_000_000, 100_000_000));
	}

	private void newcomer() {
		if (this.world.isOver()) {
			return;
		}
		User user = new User(this.world.scenario(), null, 0, this.world.anomalies());
		new Browser(this.world, user, this.random.split()).start();
		this.world.timeline().schedule(this::newcomer, this.random.nextLong(5, 15) * Nanos.SECOND);
	}

	/*
	 * Does not wait for one answer before it asks for the next.
	 */
	private void reader() {
		if (this.world.isOver()) {
			return;
		}
		this.world.timeline().schedule(this::reader, this.random.nextLong(1200 * Nanos.MILLI));
		List<Ledger> live = this.world.oracle().ledgers().stream().filter((ledger) -> ledger.live).toList();
		if (!live.isEmpty()) {
			look(live.get(this.random.nextInt(live.size())).id);
		}
	}

	private void look(String id) {
		Node node = this.world.node(this.random.nextInt(this.world.scenario().nodes()));
		if (!node.isServing()) {
			return;
		}
		try {
			this.world.requests().find(node, id, false, this.world.timeline().nanos());
		}
		catch (KvException | Node.PowerCut ex) {
			// Nobody cares.
		}
	}

	private void foreign() {
		if (this.world.isOver()) {
			return;
		}
		this.world.store().foreign();
		this.world.timeline().schedule(this::foreign, this.random.nextLong(2 * Nanos.SECOND));
	}

}
