package dev.kvsession.benchmarks.protection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;

/**
 * Forged ids, cold reads and warm requests, with protections and without in the same run.
 */
public final class ProtectionPart implements Part {

	private static final List<String> KEYS = List.of("a:" + Base64.getEncoder()
		.encodeToString("a key that only a benchmark has!".getBytes(StandardCharsets.US_ASCII)));

	private static final int FLOODERS = 32;

	private static final int FILLER_CHARACTERS = 5000;

	private static final double MOST_CHECK_MICROS = 2;

	private static final double MOST_COLD_MICROS = 30;

	private static final double MOST_SLOWER = 1.5;

	private final JsonSessionCodec codec = new JsonSessionCodec(ProtectionPart.class.getClassLoader(), List.of(),
			JdkFallback.OFF);

	@Override
	public String name() {
		return "protection";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		forged(mode, section);
		cold(mode, section);
	}

	private static SessionProtection all() {
		return SessionProtection.in("namespace")
			.withSignedIds(KEYS, ProtectionMode.REQUIRED)
			.withHashedKeys(ProtectionMode.REQUIRED)
			.withSealedRecords(KEYS, ProtectionMode.REQUIRED, ClaimsOutside.NONE);
	}

	/* Each find of a forged id is refused; a user's requests go on beside them. */
	private void forged(Mode mode, Section section) throws Exception {
		MapKv kv = new MapKv();
		try (Opened opened = open(kv, all())) {
			String id = GitHubSessions.login(opened.repository(), 1);
			String genuine = id.substring(0, id.length() - 1);
			IntFunction<String> forged = (i) -> genuine.substring(0, genuine.length() - 4) + (1000 + i % 9000)
					+ id.charAt(id.length() - 1);
			IntFunction<String> malformed = (i) -> "malformed-" + i;
			int many = mode.of(1_000_000, 200_000);
			long before = kv.reads();
			flood(opened.repository(), id, malformed, many);
			Flood ofMalformed = flood(opened.repository(), id, malformed, many);
			Flood ofForged = flood(opened.repository(), id, forged, many);
			section.text("A flood of ids from " + FLOODERS + " threads, and one user beside them.");
			section.table("flood of " + many, "µs of CPU a refusal", "user's p99, µs");
			section.row("malformed ids", ofMalformed.micros(), ofMalformed.p99());
			section.row("ids with a wrong signature", ofForged.micros(), ofForged.p99());
			section.check("a forged id costs no call", (kv.reads() - before) + " calls", kv.reads() == before);
			section.check("a signature is checked within 2 µs", Section.rounded(ofForged.micros()) + " µs",
					ofForged.micros() <= MOST_CHECK_MICROS);
			double slower = ofForged.p99() / ofMalformed.p99();
			section.check("the user's p99 is at most 1.5 times that under malformed ids",
					Section.rounded(slower) + " times", slower <= MOST_SLOWER);
		}
	}

	private static Flood flood(KvSessionRepository repository, String user, IntFunction<String> ids, int many)
			throws InterruptedException {
		ExecutorService flooders = Executors.newFixedThreadPool(FLOODERS);
		int cores = Math.min(FLOODERS, Runtime.getRuntime().availableProcessors());
		long begun = System.nanoTime();
		for (int flooder = 0; flooder < FLOODERS; flooder++) {
			int first = flooder;
			flooders.execute(() -> {
				for (int i = first; i < many; i += FLOODERS) {
					if (repository.findById(ids.apply(i)) != null) {
						throw new IllegalStateException("A forged id was accepted");
					}
				}
			});
		}
		flooders.shutdown();
		List<Long> times = new ArrayList<>();
		while (!flooders.awaitTermination(1, TimeUnit.MILLISECONDS)) {
			long start = System.nanoTime();
			repository.findById(user);
			times.add(System.nanoTime() - start);
		}
		long took = System.nanoTime() - begun;
		long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
		double p99 = (sorted.length > 0) ? sorted[(int) (sorted.length * 0.99)] / 1e3 : Double.NaN;
		return new Flood(took / 1e3 * cores / many, p99);
	}

	/* Another instance reads sessions that it does not know, and reads them again. */
	private void cold(Mode mode, Section section) throws Exception {
		int sessions = mode.of(2000, 500);
		int rounds = mode.of(15, 7);
		Times without = new Times();
		Times with = new Times();
		for (int round = -2; round < rounds; round++) {
			measure(null, sessions, (round < 0) ? new Times() : without);
			measure(all(), sessions, (round < 0) ? new Times() : with);
		}
		section.text(
				"Sessions with a record of 8 KB, KV answering at once; medians of " + rounds + " rounds, alternating.");
		section.table("", "cold find, µs", "warm find, µs");
		section.row("without", without.cold(), without.warm());
		section.row("signed, hashed and encrypted", with.cold(), with.warm());
		double added = with.cold() - without.cold();
		section.check("encryption adds at most 30 µs to a cold read", Section.rounded(added) + " µs",
				added <= MOST_COLD_MICROS);
		section.row("ratio", with.cold() / without.cold(), with.warm() / without.warm());
	}

	private void measure(@Nullable SessionProtection protection, int sessions, Times times) throws Exception {
		MapKv kv = new MapKv();
		List<String> ids = new ArrayList<>();
		try (Opened opened = open(kv, protection)) {
			for (int i = 0; i < sessions; i++) {
				KvSession session = opened.repository().createSession();
				session.setAttribute(GitHubSessions.CONTEXT, GitHubSessions.context(i));
				session.setAttribute("filler", "lorem ipsum " + i + "x".repeat(FILLER_CHARACTERS));
				opened.repository().save(session);
				ids.add(session.getId());
			}
		}
		try (Opened opened = open(kv, protection)) {
			Supplier<Double> finds = () -> {
				long start = System.nanoTime();
				for (String id : ids) {
					if (opened.repository().findById(id) == null) {
						throw new IllegalStateException("A session is gone");
					}
				}
				return (System.nanoTime() - start) / 1e3 / sessions;
			};
			times.colds.add(finds.get());
			finds.get();
			times.warms.add(finds.get());
		}
	}

	private Opened open(MapKv kv, @Nullable SessionProtection protection) {
		ThreadKvScheduler scheduler = new ThreadKvScheduler();
		KvEngine engine = new KvEngine(kv, KvBudget.UNLIMITED, KvRuntime.system(scheduler), KvCallObserver.NOOP);
		KvSessionRepository repository = new KvSessionRepository(engine, scheduler, this.codec);
		if (protection != null) {
			repository.setProtection(protection);
		}
		return new Opened(repository, engine, scheduler);
	}

	/**
	 * A flood.
	 *
	 * @param micros of CPU for each id, on all cores
	 * @param p99 of a user's finds meanwhile, in microseconds
	 */
	private record Flood(double micros, double p99) {
	}

	/** Times of all rounds. */
	private static final class Times {

		private final List<Double> colds = new ArrayList<>();

		private final List<Double> warms = new ArrayList<>();

		double cold() {
			return median(this.colds);
		}

		double warm() {
			return median(this.warms);
		}

		private static double median(List<Double> all) {
			double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
			Arrays.sort(sorted);
			return sorted[sorted.length / 2];
		}

	}

	/**
	 * An instance.
	 *
	 * @param repository its repository
	 * @param engine its engine
	 * @param scheduler its scheduler
	 */
	private record Opened(KvSessionRepository repository, KvEngine engine,
			ThreadKvScheduler scheduler) implements AutoCloseable {

		@Override
		public void close() {
			this.engine.close();
			this.scheduler.close();
		}

	}

}
