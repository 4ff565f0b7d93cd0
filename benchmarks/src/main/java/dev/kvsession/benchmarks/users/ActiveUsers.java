package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.StoredSessions;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.VirtualTime;

/**
 * Users who ask for a page at a steady pace, in turn at each instance, and of whom now
 * and then one is logged out somewhere else.
 */
final class ActiveUsers implements Turns.Arrivals {

	/**
	 * How often each user asks.
	 */
	private static final Duration PERIOD = Duration.ofSeconds(3);

	/**
	 * How often somebody is logged out elsewhere.
	 */
	private static final Duration BETWEEN_LOGOUTS = Duration.ofSeconds(10);

	/**
	 * The time within which all users come for the first time: the instances are cold.
	 */
	private static final Duration ARRIVAL = Duration.ofMinutes(5);

	/**
	 * Requests that wait at a time; more fail, as they would in a servlet container
	 * without free threads.
	 */
	private static final int MAX_WAITING = 3000;

	private static final long NOT_LOGGED_OUT = -1;

	private final Random random = new Random(1);

	private final LongStream.Builder lags = LongStream.builder();

	private final Scenario scenario;

	private final VirtualTime timeline;

	private final StoredSessions stored;

	private final String[] sessions;

	private final long[] loggedOutAt;

	private final int[] unaware;

	private final byte[] record;

	private List<KvSessionRepository> instances = List.of();

	private Turns turns = new Turns(new VirtualTime(), this);

	private long round;

	private int next;

	private long requests;

	private long waitedToRead;

	private long waitedToSave;

	private long failed;

	private long lost;

	ActiveUsers(Scenario scenario, VirtualTime timeline, KvContents kv) {
		this.scenario = scenario;
		this.timeline = timeline;
		this.stored = new StoredSessions(kv, timeline);
		this.sessions = new String[scenario.users()];
		this.loggedOutAt = new long[scenario.users()];
		this.unaware = new int[scenario.users()];
		this.record = VirtualInstance.record(timeline.instant(), false);
		for (int user = 0; user < scenario.users(); user++) {
			logIn(user);
		}
	}

	void start(List<KvSessionRepository> instances, Turns turns) {
		this.instances = instances;
		this.turns = turns;
		this.timeline.schedule(this::logOutSomebody, ARRIVAL.plus(BETWEEN_LOGOUTS));
	}

	private void logIn(int user) {
		this.sessions[user] = this.stored.logIn(this.record);
		this.loggedOutAt[user] = NOT_LOGGED_OUT;
	}

	private void logOutSomebody() {
		int user = this.random.nextInt(this.sessions.length);
		if (this.loggedOutAt[user] == NOT_LOGGED_OUT) {
			this.loggedOutAt[user] = this.timeline.nanos();
			this.unaware[user] = (1 << this.instances.size()) - 1;
			this.stored.remove(this.sessions[user]);
		}
		if (nextDue() != VirtualTime.NEVER) {
			this.timeline.schedule(this::logOutSomebody, BETWEEN_LOGOUTS);
		}
	}

	@Override
	public long nextDue() {
		// In the first rounds only those who have arrived ask.
		long due = this.round * PERIOD.toNanos() + PERIOD.toNanos() * this.next / this.sessions.length;
		return (due < this.scenario.duration().toNanos()) ? due : VirtualTime.NEVER;
	}

	@Override
	public void arrive() {
		int user = this.next;
		long of = this.round;
		boolean come = PERIOD.multipliedBy(of).toNanos() >= ARRIVAL.toNanos() * user / this.sessions.length;
		this.next++;
		if (this.next == this.sessions.length) {
			this.next = 0;
			this.round++;
			this.scenario.progress(this.timeline.nanos());
		}
		if (come) {
			request(user, (int) ((user + of) % this.instances.size()));
		}
	}

	private void request(int user, int instance) {
		KvSessionRepository repository = this.instances.get(instance);
		String id = this.sessions[user];
		boolean changes = this.random.nextDouble() < this.scenario.changing();
		this.requests++;
		if (this.turns.waiting() >= MAX_WAITING) {
			this.failed++;
			return;
		}
		this.turns.hasWaited();
		try {
			KvSession session = repository.findById(id);
			this.waitedToRead += this.turns.hasWaited() ? 1 : 0;
			if (session == null) {
				missing(user, id, instance);
				return;
			}
			serve(repository, session, changes);
			this.waitedToSave += this.turns.hasWaited() ? 1 : 0;
		}
		catch (KvException ex) {
			this.failed++;
		}
	}

	/*
	 * What Spring Session asks of a store in one authenticated request.
	 */
	private void serve(KvSessionRepository repository, KvSession session, boolean changes) {
		session.getAttribute(GitHubSessions.CONTEXT);
		session.setLastAccessedTime(this.timeline.instant());
		if (changes) {
			session.setAttribute("cart", this.random.nextInt());
		}
		repository.save(session);
		KvSession again = repository.findById(session.getId());
		if (again != null) {
			repository.save(again);
		}
	}

	private void missing(int user, String id, int instance) {
		if (!id.equals(this.sessions[user])) {
			return;
		}
		if (this.loggedOutAt[user] == NOT_LOGGED_OUT) {
			this.lost++;
			logIn(user);
			return;
		}
		this.unaware[user] &= ~(1 << instance);
		if (this.unaware[user] == 0) {
			this.lags.add(this.timeline.nanos() - this.loggedOutAt[user]);
			logIn(user);
		}
	}

	ScenarioResult result(CallLedger calls) {
		return new ScenarioResult(this.requests, this.waitedToRead, this.waitedToSave, this.failed, this.lost, calls,
				this.lags.build().sorted().toArray());
	}

}
