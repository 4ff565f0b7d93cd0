package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.simulation.Setting.Part;

/**
 * The settings that a seed's instances have one after the other, each a legal step from
 * the one before. Confined to the seed's thread.
 */
final class Ladder {

	/** Which seeds protect sessions: those that do not do what they did before. */
	private static final long PROTECTED = 64;

	private static final List<String> SIGNING_KEYS = List.of("a:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=",
			"b:YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXpBQkNERUY=");

	private static final List<String> SEALING_KEYS = List.of("c:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=",
			"d:dnV0c3JxcG9ubWxramloZ2ZlZGNiYTk4NzY1NDMyMTA=");

	/** How a second key comes and the first one goes. */
	private static final List<List<Integer>> RINGS = List.of(List.of(0), List.of(0, 1), List.of(1, 0), List.of(1));

	private static final int MOST_STEPS = 2;

	private final List<Setting> settings;

	private final SplittableRandom random;

	private int step;

	private Ladder(List<Setting> settings, SplittableRandom random) {
		this.settings = settings;
		this.random = random;
	}

	static Ladder of(long seed, Scenario scenario) {
		SplittableRandom random = new SplittableRandom(seed * 31 + 11);
		if ((seed & PROTECTED) == 0 || scenario.isFlood()) {
			return new Ladder(List.of(Setting.NONE), random);
		}
		List<Setting> drawn = drawn(random, scenario);
		while (!isUsable(drawn, scenario)) {
			drawn = drawn(random, scenario);
		}
		return new Ladder(drawn, random);
	}

	boolean isProtected() {
		return this.settings.size() > 1 || this.settings.get(0).isOn();
	}

	/** What the next instance is started with. */
	Setting current() {
		return this.settings.get(this.step);
	}

	boolean hasNext() {
		return this.step + 1 < this.settings.size();
	}

	void next() {
		this.step++;
	}

	List<String> sealingKeys() {
		return isProtected() ? SEALING_KEYS : List.of();
	}

	/** Decides when steps are made. */
	SplittableRandom random() {
		return this.random;
	}

	/* An index would show the ids that are hashed. */
	private static boolean isUsable(List<Setting> settings, Scenario scenario) {
		return settings.stream().anyMatch(Setting::isOn) && settings.stream()
			.allMatch((one) -> !scenario.indexed() || !one.hashing().isOn()
					|| (one.sealing().isOn() && (one.sealing().writes() || !one.hashing().writes())));
	}

	/*
	 * Where calls are scarce there is no deployment: a new instance does not know what
	 * the one in its place has spent.
	 */
	private static List<Setting> drawn(SplittableRandom random, Scenario scenario) {
		boolean scarce = scenario.profile() == Profile.BUDGET;
		int steps = scarce ? 0 : Math.min(random.nextInt(MOST_STEPS + 2), MOST_STEPS);
		List<Move> moves = new ArrayList<>();
		for (int i = 0; i < steps; i++) {
			moves.add(Move.values()[random.nextInt(Move.values().length)]);
		}
		List<Part> signing = path(moves, SIGNING_KEYS, random);
		List<Part> hashing = path(moves, List.of(), random);
		List<Part> sealing = path(moves, SEALING_KEYS, random);
		ClaimsOutside claims = (random.nextInt(4) == 0) ? ClaimsOutside.READABLE : ClaimsOutside.NONE;
		List<Setting> settings = new ArrayList<>();
		for (int i = 0; i <= steps; i++) {
			settings.add(new Setting(signing.get(i), hashing.get(i), sealing.get(i), claims));
		}
		return settings.stream().distinct().toList();
	}

	private static List<Part> path(List<Move> moves, List<String> keys, SplittableRandom random) {
		List<ProtectionMode> modes = modes();
		int mode = random.nextInt(modes.size());
		int ring = random.nextInt(RINGS.size());
		List<Part> path = new ArrayList<>();
		path.add(part(modes.get(mode), ring, keys));
		for (Move move : moves) {
			int nextMode = mode + move.modes;
			int nextRing = ring + move.rings;
			boolean onLadder = nextMode >= 0 && nextMode < modes.size() && nextRing >= 0 && nextRing < RINGS.size();
			if (onLadder && random.nextInt(4) > 0 && isLegal(part(modes.get(nextMode), nextRing, keys), path)) {
				mode = nextMode;
				ring = nextRing;
			}
			path.add(part(modes.get(mode), ring, keys));
		}
		return path;
	}

	private static List<ProtectionMode> modes() {
		List<ProtectionMode> modes = new ArrayList<>();
		modes.add(null);
		modes.addAll(List.of(ProtectionMode.values()));
		return modes;
	}

	private static Part part(ProtectionMode mode, int ring, List<String> keys) {
		if (mode == null) {
			return Part.OFF;
		}
		return new Part(mode, keys.isEmpty() ? keys : RINGS.get(ring).stream().map(keys::get).toList());
	}

	/*
	 * No session that an earlier setting made is refused: a run is shorter than the
	 * longest life of a session, after which such a step would be legal.
	 */
	private static boolean isLegal(Part next, List<Part> earlier) {
		return earlier.stream()
			.allMatch((one) -> one.writes()
					? next.isOn() && (one.keys().isEmpty() || next.keys().contains(one.keys().get(0)))
					: next.mode() != ProtectionMode.REQUIRED);
	}

	@Override
	public String toString() {
		return "Ladder" + this.settings;
	}

	/**
	 * What one deployment changes.
	 */
	private enum Move {

		UP(1, 0), DOWN(-1, 0), NEXT_KEYS(0, 1), KEYS_BEFORE(0, -1);

		private final int modes;

		private final int rings;

		Move(int modes, int rings) {
			this.modes = modes;
			this.rings = rings;
		}

	}

}
