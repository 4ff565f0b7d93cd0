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
 * Meters of the engine: budget, circuit breaker, waiting and rejected requests. Reads
 * memory only. Safe for concurrent use.
 */
public final class KvEngineMetrics implements MeterBinder {

	private static final List<String> KINDS = List.of("reads", "writes", "deletes");

	private final Supplier<KvEngineStatus> engine;

	/**
	 * Creates a binder.
	 * @param engine the engine to watch
	 */
	public KvEngineMetrics(KvEngine engine) {
		this(engine::status);
	}

	KvEngineMetrics(Supplier<KvEngineStatus> engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		// Without a bound there is no number to compare with: no alert on it can fire.
		gauge(registry, "kv.budget.calls", "Calls granted to this instance in a period",
				(status) -> (status.budgetCalls() > 0) ? status.budgetCalls() : Double.NaN);
		gauge(registry, "kv.budget.left", "Calls that may be made before the oldest of the period ends",
				(status) -> (status.budgetLeft() >= 0) ? status.budgetLeft() : Double.NaN);
		for (Circuit circuit : Circuit.values()) {
			gauge(registry, "kv.circuit.state", "1 for the state of the circuit breaker, 0 for the others",
					(status) -> (status.circuit() == circuit) ? 1 : 0, "state",
					circuit.name().toLowerCase(Locale.ROOT));
		}
		TimeGauge.builder("kv.blocked", this.engine, TimeUnit.SECONDS, (engine) -> blockedSeconds(engine.get()))
			.strongReference(true)
			.description("Time until KV takes calls with this token again")
			.register(registry);
		gauge(registry, "kv.waiting", "Keys that wait for a call", KvEngineStatus::waitingReads, "kind", "reads");
		gauge(registry, "kv.waiting", "Keys that wait for a call", KvEngineStatus::waitingWrites, "kind", "writes");
		// A gauge, since few calls fail for the quota: a counter that begins
		// with it shows no increase.
		for (String kind : KINDS) {
			gauge(registry, "kv.quota.used.up", "1 while the daily quota is used up and none is sent, until 00:00 UTC",
					(status) -> status.quotaUsedUp().contains(kind) ? 1 : 0, "kind", kind);
		}
		bindRefused(registry);
	}

	/*
	 * Micrometer keeps a weak reference to the object it asks and a strong one to the
	 * function, so the function holds the engine.
	 */
	private void bindRefused(MeterRegistry registry) {
		Supplier<KvEngineStatus> engine = this.engine;
		for (String reason : engine.get().refused().keySet()) {
			FunctionCounter.builder("kv.refused", registry, (ignored) -> engine.get().refused().get(reason))
				.description("Reads, writes and deletes rejected without a call")
				.tag("reason", reason)
				.register(registry);
		}
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<KvEngineStatus> value,
			String... tags) {
		Gauge.builder(name, this.engine, (engine) -> value.applyAsDouble(engine.get()))
			.strongReference(true)
			.description(description)
			.tags(tags)
			.register(registry);
	}

	private static double blockedSeconds(KvEngineStatus status) {
		Duration blocked = status.blockedFor();
		return (blocked != null) ? blocked.toMillis() / (double) TimeUnit.SECONDS.toMillis(1) : 0;
	}

}
