package dev.kvsession.simulation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import dev.kvsession.VirtualTransport;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * One running instance: the real repository, engine and client. Confined to the seed's
 * thread.
 */
final class Node {

	/** Less than the time that Spring gives an application to stop. */
	private static final Duration FLUSH = Duration.ofSeconds(20);

	private final World world;

	private final String name;

	private final Setting setting;

	private final InstantSource clock;

	private final RestKvClient client;

	private final KvEngine engine;

	private final KvSessionRepository repository;

	private long silentUntil;

	private long downAt = Long.MAX_VALUE;

	private boolean stopping;

	private long troubledAt = Long.MIN_VALUE;

	private boolean flushed;

	private boolean blocked;

	/** How long the next operation may wait. */
	private long patience;

	private int requests;

	private int ids;

	Node(World world, String name, SplittableRandom random) {
		this.world = world;
		this.name = name;
		this.setting = world.ladder().current();
		this.clock = new Watch(world.timeline(), random.nextLong(-400, 400));
		KvScheduler scheduler = (task, delay) -> schedule(task, delay.toNanos());
		this.client = new RestKvClient(VirtualTransport.CONNECTION, new Wire(world, this), this.clock);
		KvRuntime runtime = new KvRuntime(this.clock, world.timeline()::nanos, scheduler, random::nextDouble);
		Scenario scenario = world.scenario();
		KvBudget budget = new KvBudget(scenario.calls() / scenario.nodes(), Scenario.PERIOD);
		this.engine = new KvEngine(this.client, budget, runtime, KvCallObserver.NOOP);
		this.repository = scenario.indexed() ? indexed(runtime)
				: SimulatedRepository.create(this.engine, runtime, name, this::await, PlainCodec.INSTANCE);
		this.repository.setSessionIdGenerator(() -> "session-%s-%05d".formatted(name, ++this.ids));
		this.setting.apply(this.repository);
		this.repository.setDefaultMaxInactiveInterval(scenario.interval());
		this.repository.setWriteMode(scenario.coalesce() ? WriteMode.COALESCE : WriteMode.SYNC);
		this.repository.setNearCache(
				NearCacheSettings.DEFAULT.withEnabled(scenario.nearCache()).withTimeToLive(scenario.nearCacheAge()));
	}

	private KvIndexedSessionRepository indexed(KvRuntime runtime) {
		KvIndexedSessionRepository indexed = SimulatedRepository.indexed(this.engine, runtime, this.name, this::await,
				PlainCodec.INSTANCE);
		indexed.setIndexResolver(Names::indexes);
		return indexed;
	}

	/** The repository of a scenario with an index. */
	KvIndexedSessionRepository indexed() {
		return (KvIndexedSessionRepository) this.repository;
	}

	String name() {
		return this.name;
	}

	Setting setting() {
		return this.setting;
	}

	/**
	 * Whether it only holds changes that somebody was told to be saved.
	 */
	boolean holdsChanges() {
		return this.requests == 0 && this.repository.getPendingWrites() > 0;
	}

	KvSessionRepository repository() {
		return this.repository;
	}

	KvEngine engine() {
		return this.engine;
	}

	InstantSource clock() {
		return this.clock;
	}

	boolean isDown() {
		return this.downAt != Long.MAX_VALUE;
	}

	long downAt() {
		return this.downAt;
	}

	/** Whether the load balancer may send it requests. */
	boolean isServing() {
		return !isDown() && !this.stopping;
	}

	void began() {
		this.requests++;
	}

	void ended() {
		this.requests--;
	}

	/**
	 * A power cut: nothing it had planned will run, no answer reaches it.
	 */
	void crash() {
		this.downAt = this.world.timeline().nanos();
	}

	/**
	 * Takes no more requests and ends as an application does.
	 * @param stopped what follows
	 */
	void stop(Runnable stopped) {
		this.stopping = true;
		if (this.requests > 0 && !isDown()) {
			this.world.timeline().schedule(() -> stop(stopped), 100 * Nanos.MILLI);
			return;
		}
		if (!isDown()) {
			flush();
			this.engine.close();
			this.client.close();
			crash();
		}
		stopped.run();
	}

	private void flush() {
		long begun = this.world.timeline().nanos();
		if (this.repository.getPendingWrites() > 0) {
			this.world.anomalies().add(Anomaly.FLUSHED);
		}
		int left = this.repository.flush(FLUSH);
		this.world.trace().add("flushed", this.name, left);
		this.flushed = left == 0;
		if (!this.flushed && !wasTroubled(begun) && this.world.scenario().profile() != Profile.BUDGET) {
			throw new BrokenPromise("P6 " + this.name + " could not flush " + left + " sessions in fair weather");
		}
	}

	/**
	 * Whether everything had been written when it was stopped.
	 */
	boolean isFlushed() {
		return this.flushed;
	}

	/** A call failed. */
	void troubled() {
		this.troubledAt = this.world.timeline().nanos();
	}

	boolean wasTroubled(long since) {
		return this.troubledAt >= since || !this.engine.isAvailable();
	}

	Future<?> schedule(Runnable task, long delay) {
		return this.world.timeline().schedule(() -> {
			if (!isDown()) {
				task.run();
			}
		}, delay);
	}

	void told(KvEmulatorResponse response) {
		String wait = response.headers().get("retry-after");
		if (response.status() == 429 && wait != null) {
			this.blocked = true;
			this.silentUntil = this.world.timeline().nanos() + Long.parseLong(wait) * Nanos.SECOND;
		}
	}

	/**
	 * Checks what an operation failed with.
	 * @param failure the failure
	 */
	void checkFailure(KvException failure) {
		if (failure instanceof KvRateLimitException && !this.blocked && !this.world.scenario().foreign()) {
			throw new BrokenPromise("P6 " + this.name + " takes its token for blocked, but it is not: " + failure);
		}
	}

	void checkSilence() {
		if (this.world.timeline().nanos() < this.silentUntil) {
			throw new BrokenPromise("P10 " + this.name + " sent a call before retry-after had passed");
		}
	}

	/** Lets the next operation wait for so many requests' calls. */
	void patient(int requests) {
		this.patience = requests * this.world.scenario().longestWait();
	}

	private void await(CompletableFuture<?> future) {
		this.world.requests().noteNewIds();
		long begun = this.world.timeline().nanos();
		long longest = Math.max(this.patience, this.world.scenario().longestWait());
		this.patience = 0;
		while (!future.isDone()) {
			if (isDown()) {
				throw new PowerCut();
			}
			if (this.world.timeline().nanos() - begun > longest) {
				throw new BrokenPromise("P10 a request on " + this.name + " waits longer than it may");
			}
			if (!this.world.timeline().step()) {
				throw new BrokenPromise("A request on " + this.name + " waits for ever");
			}
		}
		if (isDown()) {
			throw new PowerCut();
		}
	}

	/**
	 * Ends what was running in an instance that lost its power. An {@link Error}, so that
	 * nothing in between goes on.
	 */
	static final class PowerCut extends Error {

		private static final long serialVersionUID = 1L;

	}

}
