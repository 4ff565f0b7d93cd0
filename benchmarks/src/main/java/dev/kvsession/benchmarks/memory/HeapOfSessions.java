package dev.kvsession.benchmarks.memory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionIdGenerator;
import org.springframework.util.unit.DataSize;

import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * Counts the heap that sessions retain, after collecting garbage. Runs in a JVM of its
 * own.
 */
public final class HeapOfSessions {

	private static final String ID_FORMAT = "benchmarksession-%07d";

	private HeapOfSessions() {
	}

	/**
	 * Measures.
	 * @param args {@code map} or {@code kv-session}, the number of sessions, the weight
	 * that the near cache may have in MB
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws InterruptedException {
		int sessions = Integer.parseInt(args[1]);
		Object held = args[0].equals("map") ? new MapSessionRepository(new ConcurrentHashMap<>())
				: repository(DataSize.ofMegabytes(Long.parseLong(args[2])));
		offer(held, 0, 1);
		long before = heap();
		offer(held, 1, sessions);
		System.out.println("bytes=" + (heap() - before));
		System.out.println("known=" + sessions);
		// The repository must live until here.
		offer(held, 0, 1);
		System.exit(0);
	}

	private static void offer(Object repository, int from, int to) {
		for (int user = from; user < to; user++) {
			if (repository instanceof MapSessionRepository map) {
				GitHubSessions.login(map, user);
			}
			else {
				read((KvSessionRepository) repository, user);
			}
		}
	}

	private static void read(KvSessionRepository repository, int user) {
		KvSession session = repository.findById(String.format(Locale.ROOT, ID_FORMAT, user));
		if (session == null) {
			throw new IllegalStateException("A session is gone");
		}
		session.getAttribute(GitHubSessions.CONTEXT);
	}

	private static KvSessionRepository repository(DataSize maxWeight) {
		JsonSessionCodec codec = new JsonSessionCodec(HeapOfSessions.class.getClassLoader(), List.of(),
				JdkFallback.OFF);
		ThreadKvScheduler scheduler = new ThreadKvScheduler();
		KvEngine engine = new KvEngine(new InventedKv(records(codec)), KvBudget.UNLIMITED, KvRuntime.system(scheduler),
				KvCallObserver.NOOP);
		KvSessionRepository repository = new KvSessionRepository(engine, scheduler, codec);
		repository.setNearCache(NearCacheSettings.DEFAULT.withTimeToLive(Duration.ofHours(1)).withMaxWeight(maxWeight));
		repository.setSessionIdGenerator(new FixedLengthIds());
		return repository;
	}

	/*
	 * Encoding a million records takes longer than reading them: one is encoded, and the
	 * user's number put into its text.
	 */
	private static IntFunction<String> records(JsonSessionCodec codec) {
		int model = 1_234_567;
		Stamp at = new Stamp(1, 0, "w");
		Instant now = Instant.now();
		SessionRecord record = new SessionRecord(at, now, now, now.plus(Duration.ofDays(7)), Duration.ofDays(7), null,
				Map.of("userId", "583231"),
				Map.of(GitHubSessions.CONTEXT,
						codec.encodeAttribute(GitHubSessions.CONTEXT, GitHubSessions.context(model), at)),
				Map.of(), Map.of());
		String text = codec.encode(record);
		return (user) -> text.replace("octocat-" + model, "octocat-" + user);
	}

	private static long heap() throws InterruptedException {
		List<Long> seen = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			System.gc();
			TimeUnit.MILLISECONDS.sleep(200);
			seen.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return seen.stream().mapToLong(Long::longValue).min().orElse(0);
	}

	/**
	 * Says by its first id which shape ids have.
	 */
	private static final class FixedLengthIds implements SessionIdGenerator {

		@Override
		public String generate() {
			return String.format(Locale.ROOT, ID_FORMAT, 0);
		}

	}

}
