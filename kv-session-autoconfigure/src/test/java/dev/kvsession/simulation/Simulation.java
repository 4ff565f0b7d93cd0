package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import dev.kvsession.session.settings.KvSessionEvent;

/**
 * One seed, from its first login to its settlement.
 */
final class Simulation {

	/** What must be enough for everything to become as it shall be. */
	private static final long SETTLING = 3 * Nanos.MINUTE + Scenario.STALENESS.toNanos() + Nanos.SECOND;

	/** Of what a repository counts, that which must happen in a simulation. */
	private static final Set<KvSessionEvent> ANOMALOUS = EnumSet.of(KvSessionEvent.STALE_SERVED,
			KvSessionEvent.REFRESHED, KvSessionEvent.COALESCED_WRITE, KvSessionEvent.DEFERRED_WRITE,
			KvSessionEvent.DROPPED_WRITE, KvSessionEvent.TOMBSTONE_HIT, KvSessionEvent.SECOND_LOOK,
			KvSessionEvent.SECOND_LOOK_MERGED, KvSessionEvent.SECOND_LOOK_ENDED, KvSessionEvent.UNKNOWN_ID,
			KvSessionEvent.NEAR_CACHE_HIT, KvSessionEvent.NEAR_CACHE_MISS, KvSessionEvent.RECORD_WRITTEN);

	/**
	 * What each instance beyond two may add, if all of them mend the same session at the
	 * same time, see {@code docs/consistency.md}.
	 */
	private static final long ROUND = 2 * Nanos.MINUTE;

	private final World world;

	private Simulation(World world) {
		this.world = world;
	}

	/**
	 * Runs a seed.
	 * @param seed the seed
	 * @param tracedLines how many lines of its trace to keep
	 * @return what came of it
	 */
	static Outcome run(long seed, int tracedLines) {
		SplittableRandom random = new SplittableRandom(seed);
		World world = new World(seed, Scenario.of(seed), random, tracedLines);
		Throwable failure = null;
		try {
			new Simulation(world).run(random);
		}
		catch (RuntimeException | Error ex) {
			failure = ex;
		}
		world.all().forEach((node) -> count(node, world.anomalies()));
		return new Outcome(seed, world.trace().hash(), world.anomalies(), failure, world.trace().lines());
	}

	private void run(SplittableRandom random) {
		Scenario scenario = this.world.scenario();
		List<User> users = new ArrayList<>();
		for (int i = 0; i < scenario.users(); i++) {
			users.add(new User(scenario, null, random.nextInt(scenario.nodes()), this.world.anomalies()));
		}
		if (scenario.profile() == Profile.LOGOUTS || random.nextInt(4) == 0) {
			users.add(new User(scenario, users.get(0), 0, this.world.anomalies()));
		}
		for (User user : users) {
			for (int tab = 0; tab < (user.isThief() ? 1 : scenario.tabs()); tab++) {
				new Browser(this.world, user, random.split()).start();
			}
		}
		new Events(this.world, random.split()).plan();
		new Rollout(this.world).plan();
		this.world.timeline().schedule(this.world::finish, scenario.length());
		this.world.timeline().advanceTo(scenario.length());
		long rounds = Math.max(0, scenario.nodes() - 2);
		this.world.timeline()
			.advanceTo(this.world.timeline().nanos() + SETTLING + rounds * ROUND
					+ (scenario.indexed() ? SignOutRules.LONGEST : 0));
		new Settlement(this.world).check();
	}

	private static void count(Node node, Anomalies anomalies) {
		for (KvSessionEvent event : ANOMALOUS) {
			anomalies.add(event.name(), node.repository().getStatistics().count(event));
		}
	}

	/**
	 * What came of a seed.
	 *
	 * @param seed the seed
	 * @param hash of all that happened
	 * @param anomalies what was counted
	 * @param failure the broken promise, or {@code null}
	 * @param trace the last of what happened, if it was to be kept
	 */
	record Outcome(long seed, long hash, Anomalies anomalies, Throwable failure, List<String> trace) {
	}

}
