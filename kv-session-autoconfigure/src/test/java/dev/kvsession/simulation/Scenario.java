package dev.kvsession.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;
import dev.kvsession.test.kv.KvStaleness;

/**
 * What a seed decides before anything happens.
 *
 * @param profile what it is about
 * @param nodes the number of instances
 * @param users the number of users
 * @param tabs the requests that a user can have under way at once
 * @param pause the mean time between two requests of a tab, of people the median, in
 * nanoseconds
 * @param length how long faults and users go on, in nanoseconds
 * @param sticky whether a user's requests go to one instance
 * @param nearCache whether sessions are served from memory
 * @param coalesce whether further changes within a second are acknowledged at once
 * @param interval how long sessions may be idle
 * @param calls the calls granted to all instances together per {@link #PERIOD}
 * @param foreign whether somebody else spends calls of the token, too
 * @param faults the share of calls that go wrong
 * @param indexed whether users' sessions are indexed, and users sign out everywhere
 */
record Scenario(Profile profile, int nodes, int users, int tabs, long pause, long length, boolean sticky,
		boolean nearCache, boolean coalesce, Duration interval, int calls, boolean foreign, double faults,
		boolean indexed) {

	/**
	 * The token's period. Shorter than Cloudflare's, as is the number of calls in it, so
	 * that a short run can spend them.
	 */
	static final Duration PERIOD = Duration.ofMinutes(1);

	/**
	 * How late a read can be in all. The second look comes after at least this time and
	 * at most twice as much later, see {@code docs/consistency.md}.
	 */
	static final Duration STALENESS = Duration.ofSeconds(60);

	private static final int PLENTY = 4000;

	/**
	 * Of the logarithm: with a median of 40 s, one thinking time in ten is over three
	 * minutes.
	 */
	private static final double PEOPLE_DIFFER = 1.17;

	private static final Duration BRIEF = Duration.ofMinutes(10);

	/** Time-outs and repetitions of a few calls. */
	private static final long LONGEST_WAIT = Nanos.MINUTE;

	private static final long LONGEST_ANSWER = 3 * Nanos.SECOND;

	/** A read and a write, each behind logins and those who came before. */
	private static final int CALLS_WAITED = 10;

	/** The part of the calls that comes back steadily, as the engine has it. */
	private static final double REFILL = 0.75;

	/** Which seeds have an index: those that have not do what they did before. */
	private static final long INDEXED = 32;

	static Scenario of(long seed) {
		Scenario drawn = drawn(seed);
		return ((seed & INDEXED) != 0 && !drawn.isFlood()) ? drawn.withIndex() : drawn;
	}

	private Scenario withIndex() {
		return new Scenario(this.profile, this.nodes, this.users, this.tabs, this.pause, this.length, this.sticky,
				this.nearCache, this.coalesce, this.interval, this.calls, this.foreign, this.faults, true);
	}

	private static Scenario drawn(long seed) {
		SplittableRandom random = new SplittableRandom(seed * 31 + 7);
		Profile profile = Profile.of(seed);
		if (profile == Profile.BUDGET && random.nextInt(3) == 0) {
			return flood(random);
		}
		if (profile == Profile.BUDGET && random.nextInt(3) == 0) {
			return rush(random);
		}
		if (profile == Profile.CRASHES && random.nextBoolean()) {
			return hurry(random);
		}
		if (profile == Profile.PEOPLE) {
			return people(random);
		}
		boolean crowd = profile == Profile.HOT || profile == Profile.CLUSTER;
		int nodes = (profile == Profile.ALONE) ? 1 : random.nextInt(2, 5);
		int users = switch (profile) {
			case HOT -> 1;
			case BUDGET -> random.nextInt(3, 12);
			default -> random.nextInt(1, 4);
		};
		int tabs = crowd ? random.nextInt(2, 5) : random.nextInt(1, 3);
		long pause = switch (profile) {
			case HOT -> 1;
			case CRASHES -> random.nextInt(1, 6);
			default -> random.nextInt(2, 15);
		} * Nanos.SECOND;
		long length = switch (profile) {
			case HOT -> random.nextInt(20, 60);
			case OUTAGES, CRASHES -> random.nextInt(60, 240);
			default -> random.nextInt(40, 150);
		} * Nanos.SECOND;
		boolean budget = profile == Profile.BUDGET;
		Duration interval = Duration.ofSeconds((random.nextInt(4) == 0) ? random.nextInt(60, 120) : 7200);
		return new Scenario(profile, nodes, users, tabs, pause, length, random.nextInt(4) == 0, random.nextInt(4) != 0,
				random.nextBoolean(), interval, budget ? random.nextInt(60, 200) : PLENTY,
				budget && random.nextInt(4) == 0, (random.nextInt(3) == 0) ? 0 : random.nextDouble() * 0.15, false);
	}

	private static Scenario people(SplittableRandom random) {
		return new Scenario(Profile.PEOPLE, random.nextInt(1, 4), random.nextInt(2, 6), random.nextInt(1, 3),
				40 * Nanos.SECOND, random.nextInt(600, 1500) * Nanos.SECOND, random.nextBoolean(), true,
				random.nextBoolean(), Duration.ofHours(2), PLENTY, false,
				(random.nextInt(2) == 0) ? 0 : random.nextDouble() * 0.05, false);
	}

	/**
	 * Draws the time between two requests of a tab: of people, the time they think.
	 * @param random decides
	 * @return nanoseconds
	 */
	long pause(SplittableRandom random) {
		if (this.profile == Profile.PEOPLE) {
			return (long) (this.pause * Math.exp(PEOPLE_DIFFER * random.nextGaussian()));
		}
		return (long) (-Math.log(1 - random.nextDouble()) * this.pause);
	}

	/*
	 * Readers who would take every call, if they got what they ask for.
	 */
	private static Scenario flood(SplittableRandom random) {
		return new Scenario(Profile.BUDGET, 1, random.nextInt(8, 16), 4, Nanos.SECOND,
				random.nextInt(60, 120) * Nanos.SECOND, false, false, false, Duration.ofHours(2),
				random.nextInt(25, 40), false, 0, false);
	}

	/*
	 * Strangers, readers and sessions whose every use is written take all that is not
	 * kept for the few who log in.
	 */
	private static Scenario rush(SplittableRandom random) {
		return new Scenario(Profile.BUDGET, 1, random.nextInt(8, 16), 1, Nanos.SECOND,
				random.nextInt(60, 120) * Nanos.SECOND, false, false, false, Duration.ofSeconds(90),
				random.nextInt(100, 160), false, 0, false);
	}

	boolean isRush() {
		return isFlood() && isBrief();
	}

	/**
	 * How long a call takes to come back to an instance.
	 * @return nanoseconds
	 */
	double refillInterval() {
		return PERIOD.toNanos() / (REFILL * this.calls / this.nodes);
	}

	/**
	 * Whether sessions end so soon that each use is written.
	 */
	boolean isBrief() {
		return this.interval.compareTo(BRIEF) < 0;
	}

	boolean isFlood() {
		return this.profile == Profile.BUDGET && this.nodes == 1;
	}

	/*
	 * So many changes of one session that there is always something to lose.
	 */
	private static Scenario hurry(SplittableRandom random) {
		return new Scenario(Profile.CRASHES, random.nextInt(1, 3), 1, 5, Nanos.SECOND,
				random.nextInt(30, 60) * Nanos.SECOND, true, true, true, Duration.ofHours(2), PLENTY, false,
				random.nextBoolean() ? 0 : random.nextDouble() * 0.05, false);
	}

	/**
	 * How long a request may wait. Where nothing goes wrong, calls are scarce but fairly
	 * shared, so it gets one of the next; if others have used up the token's calls, even
	 * a login waits for the next period.
	 * @return nanoseconds
	 */
	long longestWait() {
		if (this.profile == Profile.BUDGET && this.faults == 0 && !this.foreign) {
			return LONGEST_ANSWER + (long) (CALLS_WAITED * refillInterval());
		}
		return LONGEST_WAIT + (this.foreign ? PERIOD.toNanos() : 0);
	}

	/**
	 * How long a session is served from memory: KV's own shortest cache time, and a
	 * shorter one that makes more happen.
	 * @return the time to live
	 */
	Duration nearCacheAge() {
		return Duration.ofSeconds(this.sticky ? 30 : 10);
	}

	KvEmulatorSettings kv(long seed) {
		boolean any = (seed & 8) == 0;
		KvStaleness.Choice choice = any ? KvStaleness.Choice.ANY : KvStaleness.Choice.BY_CLIENT;
		Duration half = STALENESS.dividedBy(2);
		KvRateLimit.Counting counting = ((seed & 16) == 0) ? KvRateLimit.Counting.FIXED : KvRateLimit.Counting.SLIDING;
		return KvEmulatorSettings.realistic(seed)
			.withLatency(KvLatency.between(Duration.ofMillis(5), Duration.ofMillis(60)))
			.withStaleness(new KvStaleness(3, choice, half, Duration.ofMillis(900), half, 0.1, 0.2))
			.withRateLimit(new KvRateLimit(this.calls, PERIOD, PERIOD, counting));
	}

}
