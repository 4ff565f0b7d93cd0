package dev.kvsession.benchmarks.cycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.benchmarks.store.Store;
import dev.kvsession.benchmarks.store.Stores;

/**
 * What one authenticated request asks of a store: find the session, read its security
 * context, note the access, save.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestCycle {

	private static final int SESSIONS = 200;

	/**
	 * The store.
	 */
	@Param("map")
	public String store = "map";

	private Store opened = new Store(new org.springframework.session.MapSessionRepository(new java.util.HashMap<>()),
			() -> {
			});

	private List<String> ids = List.of();

	/**
	 * Opens the store and logs the users in.
	 */
	@Setup(Level.Trial)
	public void open() {
		this.opened = Stores.open(this.store);
		List<String> ids = new ArrayList<>();
		for (int user = 0; user < SESSIONS; user++) {
			ids.add(GitHubSessions.login(this.opened.repository(), user));
		}
		this.ids = ids;
	}

	/**
	 * Closes the store.
	 * @throws Exception if it cannot be closed
	 */
	@TearDown(Level.Trial)
	public void close() throws Exception {
		this.opened.close();
	}

	/**
	 * One cycle.
	 * @param user whose request it is
	 * @return the security context
	 */
	@Benchmark
	public Object cycle(User user) {
		return cycle(this.opened.repository(), this.ids.get(user.next()));
	}

	private static <S extends Session> Object cycle(SessionRepository<S> repository, String id) {
		S session = repository.findById(id);
		if (session == null) {
			throw new IllegalStateException("A session is gone");
		}
		Object context = session.getRequiredAttribute(GitHubSessions.CONTEXT);
		session.setLastAccessedTime(Instant.now());
		repository.save(session);
		return context;
	}

	/**
	 * One thread's users, so that threads do not meet in a session.
	 */
	@State(Scope.Thread)
	public static class User {

		private static final int USERS_OF_A_THREAD = SESSIONS / 4;

		private static final AtomicInteger threads = new AtomicInteger();

		private final int first = threads.getAndIncrement() % 4 * USERS_OF_A_THREAD;

		private int next;

		int next() {
			this.next = (this.next + 1) % USERS_OF_A_THREAD;
			return this.first + this.next;
		}

	}

}
