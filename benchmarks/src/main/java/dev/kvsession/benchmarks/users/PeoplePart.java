package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

import org.springframework.util.unit.DataSize;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.benchmarks.memory.MemoryPart;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * How often people wait for KV, in virtual time: the same each time on any machine.
 */
public final class PeoplePart implements Part {

	private static final int USERS = 10_000;

	private static final int MAX_CALLS = 1200;

	/**
	 * By how many percentage points more requests may wait than the workload makes wait.
	 */
	private static final double MAX_ABOVE_BOUND = 1;

	private static final double MAX_P99_MILLIS = 500;

	private static final double P99 = 0.99;

	private static final double BYTES_OF_MB = 1e6;

	private static final SortedMap<Integer, String> INSTANCES = new TreeMap<>(
			Map.of(1, "one instance", 2, "two instances", 4, "four instances"));

	static final LogNormal NEAR = LogNormal.of(Duration.ofMillis(25), Duration.ofMillis(73));

	private static final LogNormal FAR = LogNormal.of(Duration.ofMillis(120), Duration.ofMillis(350));

	private static final DataSize LARGE = VirtualInstance.NEAR_CACHE;

	@Override
	public String name() {
		return "people";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		Duration measured = Duration.ofMinutes(mode.of(10, 4));
		section.text("In virtual time: " + USERS + " users at once for " + measured.toMinutes()
				+ " minutes after a warm-up of " + PeopleScenario.WARM_UP.toMinutes()
				+ ". A page is a GET and four more within a second of its answer; people look at it for 40 s (median; 90th"
				+ " percentile 180 s, log-normal). After ten pages a new user comes, whom no instance knows. 8 % of pages end"
				+ " in a POST that changes the session. Each request goes to any instance. KV takes 25 ms (median; p99 73 ms)"
				+ " or 120 ms (p99 350 ms), log-normal, and grants 1,200 calls in 5 minutes to all instances together.");
		Map<PeopleScenario, PeopleResult> results = run(scenarios(measured.plus(PeopleScenario.WARM_UP)));
		waits(section, results);
		costs(section, results, measured);
		double bytes = MemoryPart.measure("kv-session", USERS, (int) LARGE.toMegabytes());
		section
			.text("*Bound*: the requests that the workload itself makes wait: the first of a user on an instance that does not"
					+ " know him, one whose session KV confirmed there more than "
					+ NearCacheSettings.DEFAULT.maxStaleness().toMinutes() + " minutes ago, a POST after "
					+ NearCacheSettings.DEFAULT.freshness().toSeconds()
					+ " s, and each save. *If carried*: the same if each"
					+ " answer, not only one that saved something, carried the session to the next instance by cookie.");
		section
			.text("A token grants four calls a second, and a read and a write are calls of their own. The engine keeps a"
					+ " twentieth of them for logins and makes some 3.6 a second, so two calls of one kind are 0.3 to 0.6 s apart,"
					+ " and a POST takes one of each. Two instances have half of that each, and read and confirm most sessions"
					+ " twice: more keys than 100 a call can carry, so reads wait for more than one call.");
		section.text(
				"*Lost*: acknowledged changes that are not in KV 13 minutes after the visit. Where calls are used up, second"
						+ " looks wait for minutes, and what another instance's write has overwritten is mended later.");
		section.text("An instance holds " + USERS + " of these sessions in " + Section.rounded(bytes / BYTES_OF_MB)
				+ " MB of heap; near-cache.max-weight is " + LARGE.toMegabytes() + " MB, by default "
				+ NearCacheSettings.DEFAULT.maxWeight().toMegabytes() + " MB.");
		check(section, results);
	}

	private static List<PeopleScenario> scenarios(Duration duration) {
		List<PeopleScenario> all = new ArrayList<>();
		INSTANCES.forEach((instances, name) -> {
			all.add(new PeopleScenario(name + ", 25 ms", instances, NEAR, LARGE, USERS, duration));
			all.add(new PeopleScenario(name + ", 120 ms", instances, FAR, LARGE, USERS, duration));
		});
		all.add(new PeopleScenario(INSTANCES.get(1) + ", 25 ms, max-weight by default", 1, NEAR,
				NearCacheSettings.DEFAULT.maxWeight(), USERS, duration));
		return all;
	}

	static Map<PeopleScenario, PeopleResult> run(List<PeopleScenario> scenarios) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Map<PeopleScenario, Future<PeopleResult>> running = new LinkedHashMap<>();
			scenarios.forEach((scenario) -> running.put(scenario, threads.submit(scenario::run)));
			Map<PeopleScenario, PeopleResult> results = new LinkedHashMap<>();
			for (Map.Entry<PeopleScenario, Future<PeopleResult>> entry : running.entrySet()) {
				results.put(entry.getKey(), entry.getValue().get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void waits(Section section, Map<PeopleScenario, PeopleResult> results) {
		section.table("scenario", "safe requests", "that wait, %", "bound, %", "bound if carried, %",
				"wait p50 / p90 / p99, ms", "others", "that wait, %", "bound, %", "wait p50 / p90 / p99, ms",
				"all that wait, %", "bound, %");
		results.forEach((scenario, result) -> section.row(scenario.name(), result.safe().requests(),
				result.safe().percent(), result.safe().boundPercent(), result.safe().boundIfCarriedPercent(),
				result.safe().percentiles(), result.others().requests(), result.others().percent(),
				result.others().boundPercent(), result.others().percentiles(), result.all().percent(),
				result.all().boundPercent()));
	}

	private static void costs(Section section, Map<PeopleScenario, PeopleResult> results, Duration measured) {
		section.table("scenario", "calls", "429", "most in 300 s", "$ per million requests",
				"$ per 1,000 users and day", "ended elsewhere", "requests served after", "after p50 / p99, s", "failed",
				"failed in the warm-up", "lost");
		results.forEach((scenario, result) -> section.row(scenario.name(), result.measured().calls(), result.blocked(),
				result.calls().mostInWindow(), result.dollarsPerMillion(),
				result.dollarsPerThousandAndDay(USERS, measured), result.ends(), result.afterEnd().size(), result.lag(),
				result.failed(), result.failedBefore(), result.lost()));
	}

	private static void check(Section section, Map<PeopleScenario, PeopleResult> results) {
		double above = most(results, (result) -> result.all().percent() - result.all().boundPercent());
		section.check("at most one percentage point more requests wait than must", Section.rounded(above),
				above <= MAX_ABOVE_BOUND);
		StringJoiner p99 = new StringJoiner(", ");
		results.forEach((scenario, result) -> {
			if (isNear(scenario)) {
				p99.add(scenario.name() + ": safe " + Section.rounded(result.safe().millis(P99)) + " ms, all "
						+ Section.rounded(result.all().millis(P99)) + " ms");
			}
		});
		boolean brisk = results.entrySet()
			.stream()
			.filter((entry) -> isNear(entry.getKey()))
			.allMatch((entry) -> entry.getValue().all().millis(P99) < MAX_P99_MILLIS);
		section.check("p99 of waits below 0.5 s at 25 ms", p99.toString(), brisk);
		double refused = most(results, (result) -> result.blocked());
		double calls = most(results, (result) -> result.calls().mostInWindow());
		section.check("no 429, at most 1,200 calls in any 300 s", (int) refused + ", " + (int) calls,
				refused == 0 && calls <= MAX_CALLS);
		double lost = most(results, (result) -> result.lost() + result.failed());
		section.check("nothing lost, after the warm-up no request failed", Integer.toString((int) lost), lost == 0);
	}

	private static double most(Map<PeopleScenario, PeopleResult> results, ToDoubleFunction<PeopleResult> number) {
		return results.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().maxWeight().equals(LARGE))
			.mapToDouble((entry) -> number.applyAsDouble(entry.getValue()))
			.max()
			.orElse(Double.NaN);
	}

	private static boolean isNear(PeopleScenario scenario) {
		return scenario.latency().equals(NEAR) && scenario.maxWeight().equals(LARGE);
	}

}
