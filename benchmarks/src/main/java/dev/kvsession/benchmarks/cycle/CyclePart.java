package dev.kvsession.benchmarks.cycle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.benchmarks.store.LocalServers;
import dev.kvsession.benchmarks.store.Stores;

/**
 * {@link RequestCycle} on each store, with one thread and with four.
 */
public final class CyclePart implements Part {

	private static final String OURS = "kv-session";

	private static final String MAP = "map";

	private static final String LOGGING = "-Dlogback.configurationFile=benchmarks-logback.xml";

	private static final int MANY_THREADS = 4;

	/**
	 * Bytes that one cycle may allocate.
	 */
	private static final int MAX_BYTES = 1024;

	/**
	 * How many times faster than Redis a cycle is to be.
	 */
	private static final int TIMES_REDIS = 300;

	/**
	 * What two numbers that ought to be the same may differ by.
	 */
	private static final double NOISE = 1.05;

	@Override
	public String name() {
		return "cycle";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		section.text("JMH: find, read the security context of a GitHub login, touch, save. Average time.");
		Map<String, Cost> single = new TreeMap<>();
		Map<String, Cost> many = new TreeMap<>();
		List<String> stores = new ArrayList<>(List.of(OURS));
		try (LocalServers servers = new LocalServers()) {
			stores.addAll(Stores.available());
			stores.add("hazelcast");
			for (String store : stores) {
				single.put(store, measure(mode, store, 1, servers.options()));
				many.put(store, measure(mode, store, MANY_THREADS, servers.options()));
			}
		}
		section.table("store", "1 thread, µs", "times the map", "4 threads, µs", "bytes");
		for (String store : stores) {
			Cost cost = of(single, store);
			section.row(store, cost.micros(), cost.micros() / of(single, MAP).micros(), of(many, store).micros(),
					cost.bytes());
			section.bar("Request cycles a second, one thread (logarithmic)", store, 1e6 / cost.micros());
		}
		check(section, single, many);
	}

	private static void check(Section section, Map<String, Cost> single, Map<String, Cost> many) {
		Cost ours = of(single, OURS);
		double map = ours.micros() / of(single, MAP).micros();
		section.check("a warm cycle is no slower than on the map", Section.rounded(map) + " times its time",
				map <= NOISE);
		if (single.containsKey("redis")) {
			double redis = of(single, "redis").micros() / ours.micros();
			section.check("300 times faster than Redis on loopback", Section.rounded(redis) + " times",
					redis >= TIMES_REDIS);
		}
		section.check("at most 1 KB allocated per cycle", Section.rounded(ours.bytes()) + " bytes",
				ours.bytes() <= MAX_BYTES);
		double scales = (of(many, OURS).micros() / ours.micros()) / (of(many, MAP).micros() / of(single, MAP).micros());
		section.check("four threads scale as on the map", Section.rounded(scales) + " times its slow-down",
				scales <= NOISE * NOISE);
	}

	private static Cost of(Map<String, Cost> costs, String store) {
		return costs.getOrDefault(store, new Cost(Double.NaN, Double.NaN));
	}

	private static Cost measure(Mode mode, String store, int threads, List<String> options) throws Exception {
		ChainedOptionsBuilder jmh = new OptionsBuilder().include(RequestCycle.class.getName() + ".cycle")
			.param("store", store)
			.threads(threads)
			.forks(1)
			.warmupIterations(mode.of(4, 2))
			.warmupTime(TimeValue.milliseconds(mode.of(1500, 700)))
			.measurementIterations(mode.of(5, 2))
			.measurementTime(TimeValue.milliseconds(mode.of(1500, 700)))
			.jvmArgsAppend(options.toArray(String[]::new))
			.jvmArgsPrepend(LOGGING)
			.shouldFailOnError(true)
			.addProfiler(GCProfiler.class);
		Collection<RunResult> results = new Runner(jmh.build()).run();
		RunResult result = results.iterator().next();
		Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
		return new Cost(result.getPrimaryResult().getScore(), (bytes != null) ? bytes.getScore() : Double.NaN);
	}

	/**
	 * What a cycle costs.
	 *
	 * @param micros microseconds
	 * @param bytes bytes allocated
	 */
	private record Cost(double micros, double bytes) {
	}

}
