package dev.kvsession.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.benchmarks.store.KvStore;
import dev.kvsession.benchmarks.store.LocalServers;
import dev.kvsession.benchmarks.store.Stores;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * A Boot application's authenticated {@code GET /me} on each store. All applications run
 * at once, idle but for the one whose turn it is: rounds take turns, so that what else
 * the machine does hits all alike.
 */
public final class LoadPart implements Part {

	private static final String OURS = "kv-session";

	private static final String NAIVE = "naive-kv";

	private static final String MAP = "map";

	private static final double OF_THE_MAP = 0.95;

	private static final double TIMES_REDIS = 4;

	private static final double TIMES_NAIVE = 75;

	private static final double P99_OF_THE_MAP = 1.2;

	/**
	 * Driven before each round and not measured, in seconds: while the others had their
	 * turn, sessions went idle, and each is read once before it is used again.
	 */
	private static final int LEAD = 2;

	@Override
	public String name() {
		return "load";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		section.text("Authenticated `GET /me` of a Boot application, 200 sessions, " + LoadDriver.CONNECTIONS
				+ " connections, driven by " + (LoadDriver.isWrkInstalled() ? "wrk" : "blocking sockets in Java")
				+ "; KV takes 25 ms. naive-kv is a GET for each find and a PUT for each save. Medians of rounds that take turns through the stores, each after "
				+ LEAD
				+ " s that are not measured. Rounds of kv-session and the map are long enough for sessions to be read again in the background.");
		Map<String, Running> running = new LinkedHashMap<>();
		try (LocalServers servers = new LocalServers();
				KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong().withLatency(KvStore.LATENCY))) {
			for (String store : stores()) {
				System.out.println("  starting " + store);
				running.put(store, new Running(store, kv, servers.options()));
			}
			drive(mode, running);
			report(section, running);
		}
		finally {
			for (Running app : running.values()) {
				app.close();
			}
		}
	}

	private static List<String> stores() {
		List<String> stores = new ArrayList<>(List.of(OURS));
		stores.addAll(Stores.available());
		stores.add(NAIVE);
		return stores;
	}

	private static void drive(Mode mode, Map<String, Running> running) throws Exception {
		for (Map.Entry<String, Running> app : running.entrySet()) {
			System.out.println("  warming up " + app.getKey());
			app.getValue().warmUp(mode.of(20, 6));
		}
		int rounds = mode.of(5, 2);
		for (int round = 1; round <= rounds; round++) {
			System.out.printf("  round %d of %d%n", round, rounds);
			for (Map.Entry<String, Running> app : running.entrySet()) {
				app.getValue().warmUp(LEAD);
				app.getValue().round(isCompared(app.getKey()) ? mode.of(24, 4) : mode.of(6, 4));
			}
		}
	}

	private static boolean isCompared(String store) {
		return store.equals(OURS) || store.equals(MAP);
	}

	private static void report(Section section, Map<String, Running> running) {
		Map<String, Load> loads = new LinkedHashMap<>();
		running.forEach((store, app) -> loads.put(store, app.median()));
		Load map = of(loads, MAP);
		Load ours = of(loads, OURS);
		section.table("store", "requests/s", "of the map", "p50, ms", "p99, ms");
		loads.forEach((store, load) -> {
			section.row(store, load.rate(), load.rate() / map.rate(), load.p50(), load.p99());
			section.bar("Authenticated requests a second (logarithmic)", store, load.rate());
		});
		atLeast(section, "at least 0.95 of the map", ours.rate() / map.rate(), OF_THE_MAP);
		if (loads.containsKey("redis")) {
			atLeast(section, "at least 4 times Redis", ours.rate() / of(loads, "redis").rate(), TIMES_REDIS);
		}
		double naive = of(loads, NAIVE).rate();
		atLeast(section, "at least 75 times naive KV (the map: " + Section.rounded(map.rate() / naive) + ")",
				ours.rate() / naive, TIMES_NAIVE);
		double p99 = ours.p99() / map.p99();
		section.check("p99 within 1.2 of the map's", Section.rounded(p99) + " times", p99 <= P99_OF_THE_MAP);
	}

	private static void atLeast(Section section, String promise, double measured, double bound) {
		section.check(promise, Section.rounded(measured), measured >= bound);
	}

	private static Load of(Map<String, Load> loads, String store) {
		return loads.getOrDefault(store, new Load(Double.NaN, Double.NaN, Double.NaN));
	}

}
