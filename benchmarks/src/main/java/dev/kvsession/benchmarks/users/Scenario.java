package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.kvsession.client.KvBudget;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;

/**
 * Some hours of an application's life.
 *
 * @param name what it is called
 * @param instances how many instances share the token's budget
 * @param changing the share of requests that change their session
 * @param counting how KV counts the token's calls
 * @param users how many are active at once
 * @param duration how long
 */
record Scenario(String name, int instances, double changing, KvRateLimit.Counting counting, int users,
		Duration duration) {

	private static final Duration LATENCY = Duration.ofMillis(25);

	private static final long PROGRESS_EVERY = TimeUnit.MINUTES.toNanos(20);

	ScenarioResult run() throws Exception {
		VirtualTime timeline = new VirtualTime();
		VirtualKv kv = new VirtualKv(KvEmulatorSettings.strong()
			.withLatency(KvLatency.between(LATENCY, LATENCY))
			.withRateLimit(KvRateLimit.cloudflare().counting(this.counting))
			.withKeyWriteInterval(KvEmulatorSettings.CLOUDFLARE_KEY_WRITE_INTERVAL), timeline);
		ActiveUsers users = new ActiveUsers(this, timeline, kv.contents());
		Turns turns = new Turns(timeline, users);
		KvBudget whole = KvBudget.CLOUDFLARE;
		KvBudget share = new KvBudget(whole.calls() / this.instances, whole.period());
		List<KvSessionRepository> instances = new ArrayList<>();
		for (int i = 1; i <= this.instances; i++) {
			instances.add(VirtualInstance.start("i" + i, kv, turns, share, () -> Duration.ZERO));
		}
		users.start(instances, turns);
		turns.run();
		return users.result(CallLedger.of(kv.log().calls()));
	}

	void progress(long nanos) {
		if (nanos / PROGRESS_EVERY != (nanos + TimeUnit.SECONDS.toNanos(3)) / PROGRESS_EVERY) {
			System.out.printf("  %s: %d of %d minutes%n", this.name,
					TimeUnit.NANOSECONDS.toMinutes(nanos + TimeUnit.SECONDS.toNanos(3)), this.duration.toMinutes());
		}
	}

}
