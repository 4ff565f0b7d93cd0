package dev.kvsession.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvEngineStatus.Circuit;
import dev.kvsession.client.engine.KvEngine;

/**
 * Meters of the engine: budget, circuit, what waits and what is refused. Reads memory
 * only. Safe for concurrent use.
 */
public final class KvEngineMetrics implements MeterBinder {

	/** What a daily quota is granted for, of that which the engine sends. */
	private static final List<String> KINDS = List.of("reads", "writes", "deletes");

	private final Supplier<KvEngineStatus> engine;

	/**
	 * Creates a binder.
	 * @param engine what is watched
	 */
	public KvEngineMetrics(KvEngine engine) {
		this(engine::status);
	}

	KvEngineMetrics(Supplier<KvEngineStatus> engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindBudget(registry);
		bindCircuit(registry);
		bindWaiting(registry);
		bindQuota(registry);
		bindRefused(registry);
	}

	private void bindBudget(MeterRegistry registry) {
		gauge("kv.budget.calls", KvEngineMetrics::budgetCalls).description("Calls granted to this instance in a period")
			.register(registry);
		gauge("kv.budget.left", KvEngineMetrics::budgetLeft)
			.description("Calls that may be made before the oldest of the period ends")
			.register(registry);
	}

	private void bindCircuit(MeterRegistry registry) {
		for (Circuit circuit : Circuit.values()) {
			gauge("kv.circuit.state", (status) -> (status.circuit() == circuit) ? 1 : 0)
				.description("1 for the state of the circuit, 0 for the others")
				.tag("state", circuit.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		TimeGauge.builder("kv.blocked", this.engine, TimeUnit.SECONDS, (engine) -> blockedSeconds(engine.get()))
			.strongReference(true)
			.description("Time until KV takes calls with this token again")
			.register(registry);
	}

	private void bindWaiting(MeterRegistry registry) {
		gauge("kv.waiting", KvEngineStatus::waitingReads).description("Keys that wait for a call")
			.tag("kind", "reads")
			.register(registry);
		gauge("kv.waiting", KvEngineStatus::waitingWrites).description("Keys that wait for a call")
			.tag("kind", "writes")
			.register(registry);
	}

	/*
	 * A gauge, since a call that fails for the quota is the only one until midnight: a
	 * counter that begins with it shows no increase.
	 */
	private void bindQuota(MeterRegistry registry) {
		for (String kind : KINDS) {
			gauge("kv.quota.used.up", (status) -> status.quotaUsedUp().contains(kind) ? 1 : 0)
				.description("1 while the daily quota is used up and none is sent, until 00:00 UTC")
				.tag("kind", kind)
				.register(registry);
		}
	}

	/*
	 * Micrometer holds only weakly what it asks, and strongly how: the engine is part of
	 * the latter.
	 */
	private void bindRefused(MeterRegistry registry) {
		Supplier<KvEngineStatus> engine = this.engine;
		for (String reason : engine.get().refused().keySet()) {
			FunctionCounter.builder("kv.refused", registry, (ignored) -> engine.get().refused().get(reason))
				.description("Reads, writes and deletes turned away without a call")
				.tag("reason", reason)
				.register(registry);
		}
	}

	private Gauge.Builder<Supplier<KvEngineStatus>> gauge(String name, ToDoubleFunction<KvEngineStatus> value) {
		return Gauge.builder(name, this.engine, (engine) -> value.applyAsDouble(engine.get())).strongReference(true);
	}

	/*
	 * Without a bound there is no number to compare with: no alert on it can fire.
	 */
	private static double budgetCalls(KvEngineStatus status) {
		return (status.budgetCalls() > 0) ? status.budgetCalls() : Double.NaN;
	}

	private static double budgetLeft(KvEngineStatus status) {
		return (status.budgetLeft() >= 0) ? status.budgetLeft() : Double.NaN;
	}

	private static double blockedSeconds(KvEngineStatus status) {
		Duration blocked = status.blockedFor();
		return (blocked != null) ? blocked.toMillis() / (double) TimeUnit.SECONDS.toMillis(1) : 0;
	}

}
