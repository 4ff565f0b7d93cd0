package dev.kvsession.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs many seeds on two threads and tells how far it is. Safe for concurrent use.
 */
final class SeedRun {

	static final int THREADS = 2;

	/** Requests of one instance that wait stand on top of each other. */
	static final long STACK_BYTES = 64L * 1024 * 1024;

	private static final int TRACED_LINES = 150;

	private static final int MAX_FAILURES = 10;

	private final AtomicLong next;

	private final long end;

	private final long count;

	private final Anomalies anomalies = new Anomalies();

	private final List<String> failures = new ArrayList<>();

	private final Progress progress;

	SeedRun(long first, long count) {
		this.next = new AtomicLong(first);
		this.end = first + count;
		this.count = count;
		this.progress = new Progress(count);
	}

	void execute() {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(null, this::work, "simulation-" + i, STACK_BYTES);
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		System.out.println(this.count + " seeds: " + this.anomalies.counts());
	}

	long count() {
		return this.count;
	}

	List<String> failures() {
		return this.failures;
	}

	Anomalies anomalies() {
		return this.anomalies;
	}

	private void work() {
		for (long seed = this.next.getAndIncrement(); seed < this.end; seed = this.next.getAndIncrement()) {
			Simulation.Outcome outcome = Simulation.run(seed, 0);
			record(outcome);
		}
	}

	private synchronized void record(Simulation.Outcome outcome) {
		this.anomalies.add(outcome.anomalies());
		this.progress.done(this.failures.size() + ((outcome.failure() != null) ? 1 : 0));
		if (outcome.failure() == null) {
			return;
		}
		String failure = "Seed " + outcome.seed() + " (" + Profile.of(outcome.seed()) + "): " + outcome.failure();
		System.out.println(failure);
		this.failures.add(failure);
		if (this.failures.size() <= 1) {
			explain(outcome.seed());
		}
		if (this.failures.size() == MAX_FAILURES) {
			this.next.set(this.end);
		}
	}

	private static void explain(long seed) {
		Simulation.Outcome again = Simulation.run(seed, TRACED_LINES);
		System.out.println("Seed " + seed + " failed. To run it alone: ./mvnw -q -Psimulation"
				+ " -pl kv-session-autoconfigure -am test -Dsimulation.seed=" + seed + " -Dsimulation.seeds=1");
		System.out.println(Scenario.of(seed));
		System.out.println(Ladder.of(seed, Scenario.of(seed)));
		again.trace().forEach(System.out::println);
		if (again.failure() != null) {
			again.failure().printStackTrace(System.out);
		}
	}

}
