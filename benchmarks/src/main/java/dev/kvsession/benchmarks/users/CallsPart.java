package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.test.kv.KvRateLimit.Counting;

/**
 * Calls and cost over hours, in virtual time: the same each time on any machine.
 */
public final class CallsPart implements Part {

	private static final int USERS = 10_000;

	private static final int MAX_CALLS = 1200;

	private static final double CHANGING = 0.01;

	private static final double WITHOUT_WAITING = 99;

	private static final double MAX_DOLLARS_READING = 0.06;

	private static final double MAX_DOLLARS_CHANGING = 0.15;

	@Override
	public String name() {
		return "calls";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		Duration duration = Duration.ofMinutes(mode.of(120, 20));
		section.text("In virtual time: " + USERS + " sessions active at once, each with a request every 3 s, for "
				+ duration.toMinutes()
				+ " minutes; the instances are cold and the users come within the first five minutes. KV takes 25 ms, grants 1,200 calls in 5 minutes"
				+ " and blocks the token after that; near-cache.max-weight is "
				+ VirtualInstance.NEAR_CACHE.toMegabytes()
				+ " MB. Requests go to the instances in turn, without stickiness."
				+ " Revocation lag: from an end elsewhere until the last instance has noticed; KV's own delay, up to 60 s"
				+ " or more, comes on top.");
		Map<Scenario, ScenarioResult> results = run(scenarios(duration));
		section.table("scenario", "requests", "calls", "429", "most in 300 s", "no wait to read, %",
				"no wait at all, %", "failed", "lost", "$ per million", "revocation lag p50 / p99 / max, s");
		results.forEach((scenario, result) -> section.row(scenario.name(), result.requests(), result.calls().calls(),
				result.calls().refused(), result.calls().mostInWindow(), result.percentWithoutReading(),
				result.percentWithoutWaiting(), result.failed(), result.lost(), result.dollarsPerMillion(),
				result.lag()));
		check(section, results);
	}

	private static List<Scenario> scenarios(Duration duration) {
		List<Scenario> all = new ArrayList<>();
		for (Counting counting : Counting.values()) {
			String window = ", " + counting.name().toLowerCase(java.util.Locale.ROOT) + " window";
			all.add(new Scenario("one instance, read-only" + window, 1, 0, counting, USERS, duration));
			all.add(new Scenario("one instance, 1 % changing" + window, 1, CHANGING, counting, USERS, duration));
			all.add(new Scenario("two instances, 1 % changing" + window, 2, CHANGING, counting, USERS, duration));
		}
		return all;
	}

	private static Map<Scenario, ScenarioResult> run(List<Scenario> scenarios) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Map<Scenario, Future<ScenarioResult>> running = new LinkedHashMap<>();
			scenarios.forEach((scenario) -> running.put(scenario, threads.submit(scenario::run)));
			Map<Scenario, ScenarioResult> results = new LinkedHashMap<>();
			for (Map.Entry<Scenario, Future<ScenarioResult>> entry : running.entrySet()) {
				results.put(entry.getKey(), entry.getValue().get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void check(Section section, Map<Scenario, ScenarioResult> results) {
		int refused = results.values().stream().mapToInt((result) -> result.calls().refused()).max().orElse(0);
		section.check("no 429", Integer.toString(refused), refused == 0);
		int most = results.values().stream().mapToInt((result) -> result.calls().mostInWindow()).max().orElse(0);
		section.check("at most 1,200 calls in any 300 s", Integer.toString(most), most <= MAX_CALLS);
		double least = results.values().stream().mapToDouble(ScenarioResult::percentWithoutReading).min().orElse(0);
		section.check("99 % of requests without waiting for a read", Section.rounded(least) + " %",
				least >= WITHOUT_WAITING);
		long lost = results.values().stream().mapToLong((result) -> result.lost() + result.failed()).sum();
		section.check("no session lost, no request failed", Long.toString(lost), lost == 0);
		dollars(section, results, true, MAX_DOLLARS_READING);
		dollars(section, results, false, MAX_DOLLARS_CHANGING);
	}

	private static void dollars(Section section, Map<Scenario, ScenarioResult> results, boolean reading, double bound) {
		double most = results.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().changing() == 0 == reading)
			.mapToDouble((entry) -> entry.getValue().dollarsPerMillion())
			.max()
			.orElse(Double.NaN);
		section.check("under $" + bound + " per million requests, " + (reading ? "read-only" : "1 % changing"),
				"$" + Section.rounded(most), most < bound);
	}

}
