package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.kvsession.benchmarks.Section;

/**
 * One leg from the first start to the last look. Confined to a thread.
 */
final class LegRun {

	static final int INSTANCES = 3;

	private static final int USERS = 60;

	private final Leg leg;

	private final Findings findings = new Findings();

	private final List<Instance> instances = new ArrayList<>();

	private final List<Visitor> visitors = new ArrayList<>();

	private long end;

	private final List<Tally> tallies = new ArrayList<>();

	private final Ground ground = new Ground(this.instances, this.findings);

	LegRun(Leg leg, Path folder) throws IOException {
		this.leg = leg;
		for (int i = 1; i <= INSTANCES; i++) {
			String name = "instance-" + i;
			Path log = folder.resolve(leg.getClass().getSimpleName() + "-" + name + ".log");
			this.instances.add(new Instance(leg.properties(name), log));
		}
	}

	/**
	 * Runs the leg.
	 * @param seconds how long
	 * @param section takes the table
	 * @return what was found
	 * @throws Exception if it cannot be run
	 */
	Findings run(int seconds, Section section) throws Exception {
		for (Instance instance : this.instances) {
			instance.start();
		}
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < USERS; i++) {
			this.visitors.add(new Visitor(i, this.ground));
			threads.add(new Thread(this.visitors.get(i), "visitor-" + i));
		}
		threads.forEach(Thread::start);
		try {
			live(seconds);
		}
		finally {
			this.ground.end();
			for (Thread thread : threads) {
				thread.join();
			}
		}
		Verdict verdict = new Verdict(this.leg, this.ground, this.visitors);
		verdict.askForEnded();
		for (Instance instance : this.instances) {
			instance.stop();
		}
		verdict.lookIntoKv();
		verdict.lookIntoLogs();
		report(section);
		return this.findings;
	}

	private void live(int seconds) throws Exception {
		List<Leg.Phase> phases = this.leg.phases(this.ground);
		long phase = (long) (seconds * (1 - this.leg.closing()) / phases.size());
		for (Leg.Phase next : phases) {
			begin(next.name(), phase);
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(phase);
			try (Ending fault = new Ending(next.begin().begin())) {
				TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
			}
		}
		this.ground.close();
		long closing = (long) (seconds * this.leg.closing());
		begin("nothing; users only look", closing);
		TimeUnit.SECONDS.sleep(closing);
		this.end = System.nanoTime();
	}

	private void begin(String name, long seconds) {
		System.out.printf("  %s (%d s)%n", name, seconds);
		Tally tally = new Tally(name);
		this.tallies.add(tally);
		this.ground.begin(tally);
	}

	private void report(Section section) {
		section.table("", "meanwhile", "requests", "503", "instance was away", "wrong", "p50, s", "p99, s",
				"longest, s");
		for (Tally tally : this.tallies) {
			section.row(this.tallies.indexOf(tally) + 1, tally.phase(), tally.requests(), tally.refusals(),
					tally.notReached(), tally.wrongs(), tally.seconds(0.5), tally.seconds(0.99), tally.seconds(1));
		}
	}

	/**
	 * Draws what users met.
	 * @return the picture as SVG
	 */
	String draw() {
		return SoakChart.draw(this.tallies, this.end);
	}

	/**
	 * What a phase may leave to be ended.
	 *
	 * @param fault the fault, or {@code null}
	 */
	private record Ending(@Nullable AutoCloseable fault) implements AutoCloseable {

		@Override
		public void close() throws Exception {
			if (this.fault != null) {
				this.fault.close();
			}
		}

	}

}
