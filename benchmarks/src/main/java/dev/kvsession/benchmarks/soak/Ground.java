package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What all users of one leg share. Safe for concurrent use.
 */
final class Ground {

	private final List<Instance> instances;

	private final Findings findings;

	private final List<Long> kills = new CopyOnWriteArrayList<>();

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile boolean closing;

	private volatile Tally tally = new Tally("start");

	/**
	 * Creates the ground of a leg.
	 * @param instances the instances
	 * @param findings takes what goes wrong
	 */
	Ground(List<Instance> instances, Findings findings) {
		this.instances = instances;
		this.findings = findings;
	}

	Instance anyInstance(Random random) {
		return this.instances.get(random.nextInt(this.instances.size()));
	}

	List<Instance> instances() {
		return this.instances;
	}

	Findings findings() {
		return this.findings;
	}

	Tally tally() {
		return this.tally;
	}

	void begin(Tally next) {
		this.tally = next;
	}

	/**
	 * Kills an instance and starts it again.
	 * @param number the instance's number
	 * @return nothing that would have to be ended
	 * @throws IOException if it does not start
	 * @throws InterruptedException if interrupted
	 */
	@Nullable AutoCloseable replace(int number) throws IOException, InterruptedException {
		kill(number);
		this.instances.get(number).start();
		return null;
	}

	void kill(int number) throws InterruptedException {
		this.instances.get(number).kill();
		this.kills.add(System.nanoTime());
		this.findings.count(Findings.Kind.KILL);
	}

	/**
	 * Tells whether an instance, whichever it was, was killed soon after a moment.
	 * @param nanos the moment, by {@link System#nanoTime()}
	 * @param within how soon
	 * @return whether one was
	 */
	boolean killedAfter(long nanos, Duration within) {
		return this.kills.stream().anyMatch((kill) -> kill > nanos && kill - nanos < within.toNanos());
	}

	/**
	 * From here on users only look.
	 */
	void close() {
		this.closing = true;
	}

	boolean isClosing() {
		return this.closing;
	}

	void end() {
		this.over.countDown();
	}

	boolean isOver() {
		return this.over.getCount() == 0;
	}

	/**
	 * Waits, unless the leg ends.
	 * @param seconds how long
	 * @throws InterruptedException if interrupted
	 */
	void pause(double seconds) throws InterruptedException {
		this.over.await((long) (seconds * 1000), TimeUnit.MILLISECONDS);
	}

	void wrong(Instance instance, String what, HttpResponse<String> answer) {
		this.tally.wrong();
		this.findings.count(Findings.Kind.WRONG, String.format("%s, %s was answered with %d by %s", this.tally.phase(),
				what, answer.statusCode(), instance.uri()));
	}

}
