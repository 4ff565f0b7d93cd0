package dev.kvsession.simulation;

import java.util.SplittableRandom;

/**
 * Deployments in the middle of a run: one instance after the other is restarted with the
 * next setting, and the next deployment begins when all have it. Confined to the seed's
 * thread.
 */
final class Rollout {

	/** Instances of both settings run side by side for a while. */
	private static final long LONGEST_PAUSE = 20 * Nanos.SECOND;

	private static final long LONGEST_START = 5 * Nanos.SECOND;

	private final World world;

	private final Ladder ladder;

	private final SplittableRandom random;

	Rollout(World world) {
		this.world = world;
		this.ladder = world.ladder();
		this.random = world.ladder().random();
	}

	void plan() {
		if (this.ladder.hasNext()) {
			this.world.timeline().schedule(this::begin, this.random.nextLong(this.world.scenario().length() / 2));
		}
	}

	private void begin() {
		if (!this.world.isOver() && this.ladder.hasNext()) {
			this.ladder.next();
			this.world.trace().add("deploy", this.ladder.current().toString());
			roll(0);
		}
	}

	private void roll(int place) {
		if (this.world.isOver()) {
			return;
		}
		if (place == this.world.scenario().nodes()) {
			this.world.timeline().schedule(this::begin, this.random.nextLong(LONGEST_PAUSE));
			return;
		}
		Node node = this.world.node(place);
		if (node.setting().equals(this.ladder.current())) {
			roll(place + 1);
		}
		else if (!node.isServing()) {
			// It comes back with the new setting.
			this.world.timeline().schedule(() -> roll(place), Nanos.SECOND);
		}
		else {
			this.world.trace().add("replace", node.name());
			node.stop(() -> this.world.timeline().schedule(() -> replaced(place), this.random.nextLong(LONGEST_START)));
		}
	}

	private void replaced(int place) {
		this.world.anomalies().add(Anomaly.SETTING_CHANGED);
		this.world.start(place);
		this.world.timeline().schedule(() -> roll(place + 1), this.random.nextLong(LONGEST_PAUSE));
	}

}
