package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.kvsession.VirtualTransport;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.KvFaults;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real engine and the real client over the emulated KV, in virtual time and on the
 * test's thread. Each answer takes 25 ms unless told otherwise.
 */
final class EngineRig {

	static final Duration LATENCY = Duration.ofMillis(25);

	private final VirtualTime time = new VirtualTime();

	private final List<String> observed = new ArrayList<>();

	private final VirtualKv kv;

	private final KvEngine engine;

	private double jitter;

	EngineRig() {
		this(KvEmulatorSettings.strong(), KvBudget.UNLIMITED);
	}

	EngineRig(KvEmulatorSettings settings, KvBudget budget) {
		this.kv = new VirtualKv(settings.withLatency(KvLatency.between(LATENCY, LATENCY)), this.time);
		this.engine = another(budget);
	}

	/**
	 * Starts another instance with the same token.
	 */
	KvEngine another(KvBudget budget) {
		KvRuntime runtime = new KvRuntime(this.time, this.time::nanos, this.time::schedule, () -> this.jitter);
		KvTransport transport = new VirtualTransport("", this.kv, this.time::schedule);
		return new KvEngine(new RestKvClient(VirtualTransport.CONNECTION, transport, this.time), budget, runtime,
				this::observe);
	}

	private KvCallObserver.Call observe(String operation, int items) {
		this.observed.add(operation + " " + items);
		return (failure) -> {
		};
	}

	KvEngine engine() {
		return this.engine;
	}

	VirtualTime time() {
		return this.time;
	}

	VirtualKv kv() {
		return this.kv;
	}

	KvFaults faults() {
		return this.kv.faults();
	}

	KvContents contents() {
		return this.kv.contents();
	}

	void jitter(double jitter) {
		this.jitter = jitter;
	}

	void pass(Duration duration) {
		this.time.advance(duration);
	}

	/** Lets what is under way be answered, and what that sends. */
	void answers() {
		pass(LATENCY);
	}

	List<KvCall> calls(KvCallKind... kinds) {
		return this.kv.log().calls(kinds);
	}

	/** How many keys each call carried. */
	List<Integer> sizes(KvCallKind... kinds) {
		return calls(kinds).stream().map((call) -> call.keys().size()).toList();
	}

	/** Operations and sizes, as the observer was told. */
	List<String> observed() {
		return this.observed;
	}

	CompletableFuture<Void> put(String key, KvCallClass callClass) {
		return this.engine.put(pair(key), callClass);
	}

	static KvPair pair(String key) {
		return new KvPair(key, "v-" + key, Duration.ofHours(1));
	}

	CompletableFuture<?> read(String key) {
		return this.engine.get(key, KvCallClass.READ);
	}

	/** Occupies all that may be under way, so that what comes next has to wait. */
	void occupy() {
		for (int i = 0; i < Pace.MOST_UNDER_WAY; i++) {
			read("occupant" + i);
		}
		this.kv.log().clear();
		this.observed.clear();
	}

	static <T extends Throwable> T failure(CompletableFuture<?> future, Class<T> type) {
		assertThat(future).isCompletedExceptionally();
		try {
			future.getNow(null);
		}
		catch (RuntimeException ex) {
			Throwable failure = (ex instanceof CompletionException) ? ex.getCause() : ex;
			assertThat(failure).isInstanceOf(type);
			return type.cast(failure);
		}
		throw new AssertionError("The future has not failed");
	}

}
