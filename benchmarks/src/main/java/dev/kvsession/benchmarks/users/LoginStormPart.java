package dev.kvsession.benchmarks.users;

import java.time.Duration;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.StoredSessions;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;

/**
 * Five hundred new logins a second for ten seconds, in virtual time.
 */
public final class LoginStormPart implements Part {

	private static final int LOGINS = 5000;

	private static final Duration BETWEEN = Duration.ofMillis(2);

	private static final Duration LATENCY = Duration.ofMillis(25);

	@Override
	public String name() {
		return "storm";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		VirtualTime timeline = new VirtualTime();
		VirtualKv kv = new VirtualKv(KvEmulatorSettings.strong()
			.withLatency(KvLatency.between(LATENCY, LATENCY))
			.withRateLimit(KvRateLimit.cloudflare().counting(KvRateLimit.Counting.SLIDING))
			.withKeyWriteInterval(KvEmulatorSettings.CLOUDFLARE_KEY_WRITE_INTERVAL), timeline);
		Storm storm = new Storm(timeline);
		Turns turns = new Turns(timeline, storm);
		storm.instance = VirtualInstance.start("i1", kv, turns, KvBudget.CLOUDFLARE, () -> Duration.ZERO);
		turns.run();
		CallLedger calls = CallLedger.of(kv.log().calls());
		int stored = new StoredSessions(kv.contents(), timeline).size();
		section
			.text("In virtual time: 500 new logins a second for 10 s at one instance from a cold start; KV takes 25 ms"
					+ " and grants 1,200 calls in 5 minutes.");
		section.table("logins", "acknowledged", "in KV", "calls", "429", "longest wait, s", "over after, s");
		section.row(LOGINS, storm.acknowledged, stored, calls.calls(), calls.refused(), storm.longest / 1e9,
				timeline.nanos() / 1e9);
		section.check("all logins written, none lost", stored + " of " + LOGINS,
				stored == LOGINS && storm.acknowledged == LOGINS);
		section.check("within the budget", calls.calls() + " calls, " + calls.refused() + " refused",
				calls.refused() == 0);
	}

	private static final class Storm implements Turns.Arrivals {

		private final VirtualTime timeline;

		@org.jspecify.annotations.Nullable
		private KvSessionRepository instance;

		private int next;

		private int acknowledged;

		private long longest;

		Storm(VirtualTime timeline) {
			this.timeline = timeline;
		}

		@Override
		public long nextDue() {
			return (this.next < LOGINS) ? BETWEEN.toNanos() * this.next : VirtualTime.NEVER;
		}

		@Override
		public void arrive() {
			int user = this.next++;
			long start = this.timeline.nanos();
			if (this.instance == null) {
				throw new IllegalStateException("nobody serves");
			}
			try {
				GitHubSessions.login(this.instance, user);
				this.acknowledged++;
			}
			catch (KvException ex) {
				System.out.println("  a login failed: " + ex.getMessage());
			}
			this.longest = Math.max(this.longest, this.timeline.nanos() - start);
		}

	}

}
