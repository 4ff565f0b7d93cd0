package dev.kvsession.session.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.WriteMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight threads on one repository, and what must be true of it and of KV afterwards.
 */
final class StressRun {

	private static final int THREADS = 8;

	/**
	 * Few, so that threads meet.
	 */
	private static final int ACCOUNTS = 3;

	/**
	 * KV fails for so many acts of the first thread after so many others.
	 */
	private static final int OUTAGE = 6;

	private static final int BETWEEN_OUTAGES = 60;

	private static final int PROBES = 30;

	/**
	 * Nobody has done anything for so long: a thread waits for what never happens.
	 */
	private static final int HANGING_SECONDS = 30;

	private final AtomicReferenceArray<StressAccount> accounts = new AtomicReferenceArray<>(ACCOUNTS);

	private final List<StressAccount> all = new CopyOnWriteArrayList<>();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private final AtomicInteger acts = new AtomicInteger();

	private final StressKv kv;

	private final WriteMode mode;

	private final long seed;

	StressRun(StressKv kv, WriteMode mode, long seed) {
		this.kv = kv;
		this.mode = mode;
		this.seed = seed;
	}

	/**
	 * Lets the threads work, and checks what they leave.
	 * @param more whether a thread that has done so many acts goes on
	 * @throws InterruptedException if interrupted
	 */
	void run(IntPredicate more) throws InterruptedException {
		KvSessionRepository repository = this.kv.repository("a", this.mode);
		this.all.add(first(repository));
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			Thread thread = new Thread(() -> work(number, repository, more), "user-" + i);
			thread.setDaemon(true);
			threads.add(thread);
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			join(thread);
		}
		if (this.failure.get() != null) {
			throw new AssertionError("Seed " + this.seed + ", " + this.mode, this.failure.get());
		}
		check(repository);
		System.out.println(this.mode + ": " + this.acts + " acts on " + this.all.size() + " sessions, "
				+ this.kv.writes() + " writes, seed " + this.seed);
	}

	private void join(Thread thread) throws InterruptedException {
		while (thread.isAlive()) {
			int before = this.acts.get();
			thread.join(TimeUnit.SECONDS.toMillis(HANGING_SECONDS));
			if (thread.isAlive() && this.acts.get() == before) {
				AssertionError hangs = new AssertionError(thread.getName() + " waits for ever");
				hangs.setStackTrace(thread.getStackTrace());
				this.failure.compareAndSet(null, hangs);
				return;
			}
		}
	}

	private static StressAccount first(KvSessionRepository repository) {
		StressAccount account = new StressAccount(repository.createSession().getId());
		account.beginEnd();
		account.end();
		return account;
	}

	private void work(int number, KvSessionRepository repository, IntPredicate more) {
		StressUser user = new StressUser(number, this.seed, repository, this.accounts, this.all);
		try {
			for (int act = 0; this.failure.get() == null && more.test(act); act++) {
				weather(number, act % (BETWEEN_OUTAGES + OUTAGE));
				user.act();
				this.acts.incrementAndGet();
			}
		}
		catch (RuntimeException | Error ex) {
			this.failure.compareAndSet(null, ex);
		}
	}

	private void weather(int number, int act) {
		if (number == 0 && act == BETWEEN_OUTAGES) {
			this.kv.breakDown();
		}
		else if (number == 0 && act == 0) {
			this.kv.disturb();
		}
	}

	private void check(KvSessionRepository repository) {
		this.kv.recover();
		assertThat(repository.flush(Duration.ofMinutes(10))).as("sessions that KV does not have").isZero();
		assertThat(repository.getPendingBytes()).as("bytes that wait").isZero();
		assertThat(repository.getOldestPendingChange()).as("age of what waits").isZero();
		assertThat(this.kv.failures()).as("failures in the background").isEmpty();
		assertThat(this.kv.hastyWrites()).as("writes within a second").isEmpty();
		KvSessionRepository another = this.kv.repository("b", this.mode);
		for (StressAccount account : this.all) {
			if (account.isEnding()) {
				account.ids().forEach((id) -> checkEnded(account, id, repository, another));
			}
			else {
				checkAlive(account, repository, another);
			}
		}
	}

	private void checkAlive(StressAccount account, KvSessionRepository... repositories) {
		for (KvSessionRepository repository : repositories) {
			KvSession session = find(repository, account.current());
			assertThat(session).as("session %s%s", account.current(), account).isNotNull();
			account.checkAll(session);
		}
		account.ids()
			.stream()
			.filter((id) -> !id.equals(account.current()))
			.forEach((id) -> checkEnded(account, id, repositories));
	}

	private void checkEnded(StressAccount account, String id, KvSessionRepository... repositories) {
		assertThat(this.kv.record(id)).as("record of %s%s", id, account).isNull();
		for (KvSessionRepository repository : repositories) {
			assertThat(find(repository, id)).as("session %s%s", id, account).isNull();
		}
	}

	/*
	 * An instance believes that KV is back when a probe has shown it.
	 */
	private @Nullable KvSession find(KvSessionRepository repository, String id) {
		KvException failure = null;
		for (int i = 0; i < PROBES; i++) {
			try {
				return repository.findById(id);
			}
			catch (KvException ex) {
				failure = ex;
				this.kv.pass(Duration.ofSeconds(5));
			}
		}
		throw new AssertionError("KV is back, and is not asked", failure);
	}

}
