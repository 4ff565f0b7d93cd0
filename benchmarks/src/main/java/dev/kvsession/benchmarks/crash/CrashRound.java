package dev.kvsession.benchmarks.crash;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.kvsession.benchmarks.ChildJvm;
import dev.kvsession.benchmarks.store.KvStore;
import dev.kvsession.benchmarks.store.Store;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * One application that is killed while its users change their sessions.
 */
final class CrashRound {

	private static final int USERS = 200;

	private static final int LOGIN_SECONDS = 60;

	/**
	 * Until what was under way at the kill has reached KV.
	 */
	private static final int SETTLED_MILLIS = 500;

	private final List<CrashUser> users = new ArrayList<>();

	private final List<CrashUser.Loss> losses = new ArrayList<>();

	/**
	 * Runs an application and kills it.
	 * @param page what its users ask for
	 * @param writeMode what its saves wait for
	 * @param seconds how long after the last login it is killed
	 * @return the round
	 * @throws Exception if it cannot be run
	 */
	static CrashRound run(String page, String writeMode, int seconds) throws Exception {
		CrashRound round = new CrashRound();
		try (KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong().withLatency(KvStore.LATENCY))) {
			List<String> args = new ArrayList<>(List.of("--cloudflare.kv.session.write-mode=" + writeMode));
			kv.properties().forEach((name, value) -> args.add("--" + name + "=" + value));
			try (ChildJvm jvm = new ChildJvm(List.of("-Xmx1g"), CrashApp.class, args.toArray(String[]::new))) {
				round.drive(jvm, "http://127.0.0.1:" + jvm.await("port") + page, seconds, kv);
			}
		}
		return round;
	}

	private void drive(ChildJvm jvm, String url, int seconds, KvEmulator kv) throws Exception {
		CountDownLatch loggedIn = new CountDownLatch(USERS);
		HttpClient http = HttpClient.newHttpClient();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < USERS; i++) {
			CrashUser user = new CrashUser(http, url, loggedIn);
			this.users.add(user);
			threads.add(new Thread(user, "user-" + i));
		}
		threads.forEach(Thread::start);
		if (!loggedIn.await(LOGIN_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException(loggedIn.getCount() + " users could not log in");
		}
		TimeUnit.SECONDS.sleep(seconds);
		long killedAt = System.nanoTime();
		jvm.kill();
		for (Thread thread : threads) {
			thread.join();
		}
		TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
		try (Store store = KvStore.open(kv)) {
			KvSessionRepository repository = (KvSessionRepository) store.repository();
			this.users.forEach((user) -> this.losses.add(user.loss(repository, killedAt)));
		}
	}

	int changes() {
		return this.users.stream().mapToInt(CrashUser::changes).sum();
	}

	int missing() {
		return this.losses.stream().mapToInt(CrashUser.Loss::changes).sum();
	}

	long loggedOut() {
		return this.losses.stream().filter(CrashUser.Loss::loggedOut).count();
	}

	/**
	 * The age of the oldest acknowledged change that is missing.
	 * @return seconds, zero if none is
	 */
	double oldest() {
		return this.losses.stream().mapToLong(CrashUser.Loss::oldestNanos).max().orElse(0) / 1e9;
	}

}
