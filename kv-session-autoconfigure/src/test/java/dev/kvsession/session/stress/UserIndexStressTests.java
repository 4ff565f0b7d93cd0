package dev.kvsession.session.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.FindByIndexNameSessionRepository;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One user who logs in on many threads at once.
 */
class UserIndexStressTests {

	private static final int LOGINS = 50;

	private static final int THREADS = 8;

	private static final int TRIES = 100_000;

	/** The last listing of a sign-out comes after 245 seconds, later if one fails. */
	private static final int MOST_MINUTES = 60;

	/** A sign-out also ends what begins five seconds later. */
	private static final Duration MARGIN = Duration.ofSeconds(6);

	private static String login(KvIndexedSessionRepository repository) {
		return repeated(() -> {
			KvSession session = repository.createSession();
			session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada");
			repository.save(session);
			return session.getId();
		});
	}

	/* A machine that stands still for a moment looks like an outage in fast time. */
	private static <T> T repeated(Supplier<T> action) {
		KvException failure = null;
		for (int i = 0; i < TRIES; i++) {
			try {
				return action.get();
			}
			catch (KvException ex) {
				failure = ex;
			}
		}
		throw new AssertionError("KV does not fail, and is not asked", failure);
	}

	private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
		try {
			List<T> done = new ArrayList<>();
			for (Future<T> task : threads.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
				done.add(task.get());
			}
			return done;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	@DisplayName("P3 fifty logins of one user at once are all found, where they were made at once")
	void loginsAtOnce(int instances) throws Exception {
		try (StressKv kv = new StressKv(1)) {
			kv.calm();
			List<KvIndexedSessionRepository> repositories = IntStream.range(0, instances)
				.mapToObj((i) -> kv.indexed("i" + i))
				.toList();
			CountDownLatch start = new CountDownLatch(LOGINS);
			List<String> ids = all(IntStream.range(0, LOGINS).mapToObj((i) -> (Callable<String>) () -> {
				start.countDown();
				start.await();
				return login(repositories.get(i % instances));
			}).toList());
			for (int i = 0; i < instances; i++) {
				int number = i;
				assertThat(repeated(() -> repositories.get(number).findByPrincipalName("ada").keySet()))
					.containsAll(IntStream.range(0, LOGINS)
						.filter((login) -> login % instances == number)
						.mapToObj(ids::get)
						.toList());
			}
			kv.recover();
			kv.pass(Duration.ofMinutes(2));
			repositories
				.forEach((repository) -> assertThat(repeated(() -> repository.findByPrincipalName("ada").keySet()))
					.containsAll(ids));
		}
	}

	@Test
	@DisplayName("P5 a sign-out while the user logs in ends what began before, and nothing that begins later")
	void signOutWhileLoggingIn() throws Exception {
		try (StressKv kv = new StressKv(1)) {
			kv.calm();
			List<KvIndexedSessionRepository> repositories = List.of(kv.indexed("a"), kv.indexed("b"));
			Queue<Login> logins = new ConcurrentLinkedQueue<>();
			AtomicReference<Instant> over = new AtomicReference<>(Instant.MAX);
			List<Callable<Instant>> tasks = new ArrayList<>();
			IntStream.range(0, THREADS).forEach((i) -> tasks.add(() -> {
				Instant begin = kv.now();
				while (begin.isBefore(over.get())) {
					logins.add(new Login(login(repositories.get(i % repositories.size())), begin, kv.now()));
					begin = kv.now();
				}
				return begin;
			}));
			tasks.add(() -> signOut(kv, repositories.get(0), logins, over));
			Instant called = all(tasks).get(THREADS);
			check(kv, repositories.get(1), logins, called, over.get());
		}
	}

	/*
	 * Returns when the sign-out began; lets the logins go on until some are late enough.
	 */
	private static Instant signOut(StressKv kv, KvIndexedSessionRepository repository, Queue<Login> logins,
			AtomicReference<Instant> over) {
		while (logins.size() < LOGINS) {
			kv.pass(Duration.ofSeconds(1));
		}
		AtomicReference<Instant> called = new AtomicReference<>();
		repeated(() -> {
			called.set(kv.now());
			return repository.getUserSessions().endAll("ada");
		});
		Instant late = kv.now().plus(MARGIN);
		while (logins.stream().noneMatch((login) -> login.begin.isAfter(late))) {
			kv.pass(Duration.ofSeconds(1));
		}
		over.set(late);
		return called.get();
	}

	private static void check(StressKv kv, KvIndexedSessionRepository repository, Queue<Login> logins, Instant called,
			Instant late) {
		Set<String> earlier = ids(logins, (login) -> login.end.isBefore(called));
		for (int i = 0; i < MOST_MINUTES && earlier.stream().anyMatch((id) -> kv.record(id) != null); i++) {
			kv.pass(Duration.ofMinutes(1));
		}
		kv.recover();
		kv.pass(Duration.ofMinutes(2));
		Set<String> found = repeated(() -> repository.findByPrincipalName("ada").keySet());
		assertThat(earlier).isNotEmpty()
			.doesNotContainAnyElementsOf(found)
			.allSatisfy((id) -> assertThat(kv.record(id)).isNull());
		assertThat(found).containsAll(ids(logins, (login) -> login.begin.isAfter(late)));
	}

	private static Set<String> ids(Queue<Login> logins, Predicate<Login> wanted) {
		return logins.stream().filter(wanted).map(Login::id).collect(Collectors.toSet());
	}

	private record Login(String id, Instant begin, Instant end) {

	}

}
