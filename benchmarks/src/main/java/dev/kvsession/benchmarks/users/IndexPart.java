package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.springframework.session.FindByIndexNameSessionRepository;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;
import dev.kvsession.client.KvBudget;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * What {@code repository-type=indexed} costs beside {@code default}, in virtual time.
 */
public final class IndexPart implements Part {

	private static final int SESSIONS = 1000;

	private static final int USERS = 10_000;

	private static final double MAX_RATIO = 1.02;

	private static final int ROUNDS = 15;

	private static final Duration DISTANCE = Duration.ofMillis(25);

	private static final Duration ENDS_LATER = Duration.ofSeconds(10);

	private static final KvBudget PLENTY = new KvBudget(100_000, Duration.ofMinutes(5));

	@Override
	public String name() {
		return "index";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		section
			.text("In virtual time, KV takes 25 ms. Calls and keys of one act, without the second looks a minute later,"
					+ " which are the same. A change of id ends the old id three seconds later.");
		acts(section);
		summary(section);
		people(section, Duration.ofMinutes(mode.of(10, 4)));
	}

	private static void acts(Section section) {
		Map<String, CallLedger> plain = new Acts(false).all();
		Map<String, CallLedger> indexed = new Acts(true).all();
		section.table("act", "default: calls", "keys read", "keys written", "indexed: calls", "keys read",
				"keys written");
		boolean equal = true;
		for (Map.Entry<String, CallLedger> act : plain.entrySet()) {
			CallLedger calls = act.getValue();
			CallLedger with = Objects.requireNonNull(indexed.get(act.getKey()));
			section.row(act.getKey(), calls.calls(), calls.keysRead(), calls.keysWritten(), with.calls(),
					with.keysRead(), with.keysWritten());
			equal &= calls.calls() == with.calls();
		}
		section.check("no act makes more calls with the index", equal ? "as many" : "more", equal);
		int warm = Objects.requireNonNull(indexed.get(Acts.WARM_REQUEST)).calls();
		section.check("a warm request makes none", Integer.toString(warm), warm == 0);
	}

	private static void summary(Section section) {
		Acts acts = new Acts(true);
		for (int i = 0; i < SESSIONS; i++) {
			acts.login();
		}
		acts.pass(ENDS_LATER);
		long[] cpu = new long[ROUNDS];
		long waited = 0;
		CallLedger calls = CallLedger.of(List.of());
		for (int i = 0; i < ROUNDS; i++) {
			KvIndexedSessionRepository late = acts.instance("late" + i);
			acts.kv.log().clear();
			long begun = acts.time.nanos();
			long start = System.nanoTime();
			late.getUserSessions().list(Acts.USER);
			cpu[i] = System.nanoTime() - start;
			waited = acts.time.nanos() - begun;
			calls = CallLedger.of(acts.kv.log().calls());
		}
		Arrays.sort(cpu);
		section.table("summary of 1,000 sessions of one user", "calls", "records read", "in virtual time, ms",
				"CPU with the emulator's, ms (median)");
		section.row("on an instance that knows none", calls.calls(), calls.keysRead(),
				(double) Duration.ofNanos(waited).toMillis(), cpu[ROUNDS / 2] / 1e6);
		section.check("one listing and one read", Integer.toString(calls.calls()), calls.calls() == 2);
	}

	private static void people(Section section, Duration measured) throws Exception {
		List<PeopleScenario> scenarios = new ArrayList<>();
		for (int instances = 1; instances <= 2; instances++) {
			for (boolean indexed : new boolean[] { false, true }) {
				scenarios
					.add(new PeopleScenario(
							((instances == 1) ? "one instance, " : "two instances, ")
									+ (indexed ? "indexed" : "default"),
							instances, PeoplePart.NEAR, VirtualInstance.NEAR_CACHE, USERS,
							measured.plus(PeopleScenario.WARM_UP), indexed));
			}
		}
		List<PeopleResult> results = new ArrayList<>(PeoplePart.run(scenarios).values());
		section.table("people", "requests", "that wait, %", "wait p50 / p90 / p99, ms", "calls", "keys written",
				"lost");
		for (int i = 0; i < results.size(); i++) {
			PeopleResult result = results.get(i);
			section.row(scenarios.get(i).name(), result.all().requests(), result.all().percent(),
					result.all().percentiles(), result.measured().calls(), result.measured().keysWritten(),
					result.lost());
		}
		for (int i = 0; i < results.size(); i += 2) {
			PeopleResult plain = results.get(i);
			PeopleResult indexed = results.get(i + 1);
			String where = (i == 0) ? "one instance" : "two instances";
			check(section, "requests that wait, " + where, indexed.all().percent() / plain.all().percent());
			check(section, "p99 of waits, " + where, indexed.all().millis(0.99) / plain.all().millis(0.99));
			check(section, "calls, " + where, (double) indexed.measured().calls() / plain.measured().calls());
		}
	}

	private static void check(Section section, String what, double ratio) {
		section.check(what + ": at most 1.02 times those without the index", Section.rounded(ratio) + " times",
				ratio <= MAX_RATIO);
	}

	/**
	 * What users do, one after the other. Confined to one thread.
	 */
	private static final class Acts {

		private static final String USER = "ada";

		private static final String WARM_REQUEST = "warm request";

		private final VirtualTime time = new VirtualTime();

		private final VirtualKv kv = new VirtualKv(KvEmulatorSettings.strong(), this.time);

		private final KvSessionRepository repository;

		Acts(boolean indexed) {
			this.repository = indexed ? instance("i1") : SimulatedRepository.create("i1", this.kv, () -> DISTANCE,
					PLENTY, this::await, VirtualInstance.CODEC);
		}

		KvIndexedSessionRepository instance(String name) {
			return SimulatedRepository.indexed(name, this.kv, () -> DISTANCE, PLENTY, this::await,
					VirtualInstance.CODEC);
		}

		private void await(CompletableFuture<?> future) {
			while (!future.isDone()) {
				this.time.step();
			}
		}

		void pass(Duration duration) {
			this.time.advance(duration);
		}

		String login() {
			KvSession session = this.repository.createSession();
			session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, USER);
			this.repository.save(session);
			return session.getId();
		}

		Map<String, CallLedger> all() {
			Map<String, CallLedger> acts = new LinkedHashMap<>();
			String id = login();
			acts.put("login", calls());
			use(id, false);
			acts.put(WARM_REQUEST, calls());
			String next = use(id, true);
			acts.put("change of id", calls());
			this.repository.deleteById(next);
			acts.put("logout", calls());
			return acts;
		}

		private String use(String id, boolean rename) {
			KvSession session = Objects.requireNonNull(this.repository.findById(id));
			session.setLastAccessedTime(this.time.instant());
			String used = rename ? session.changeSessionId() : id;
			this.repository.save(session);
			return used;
		}

		private CallLedger calls() {
			pass(ENDS_LATER);
			CallLedger calls = CallLedger.of(this.kv.log().calls());
			this.kv.log().clear();
			return calls;
		}

	}

}
