package dev.kvsession.actuate;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.support.Stages;

/**
 * Counts how many keys calls carry ({@code kv.calls.items}) and estimates what they cost
 * ({@code kv.cost}, in dollars since the start). Safe for concurrent use.
 * <p>
 * The estimate includes neither a plan's free usage nor storage. A refused call counts as
 * free, a call with a lost answer as done. Bulk writes and deletes are charged by the key
 * (developers.cloudflare.com/kv/platform/pricing, read 2026-11), absent keys included; of
 * bulk reads the page says nothing, and they are estimated alike.
 */
public final class KvCallMetrics implements KvCallObserver {

	private static final double MILLION = 1_000_000;

	private final MeterProvider<DistributionSummary> items;

	private final Map<String, Counter> costs = new HashMap<>();

	private final Map<String, Double> prices = new HashMap<>();

	/**
	 * Creates an observer.
	 * @param registry where the meters are
	 * @param prices what KV charges
	 */
	public KvCallMetrics(MeterRegistry registry, KvPriceList prices) {
		this.items = DistributionSummary.builder("kv.calls.items")
			.description("Keys or pairs in one call to KV")
			.baseUnit("items")
			.withRegistry(registry);
		charge(registry, "reads", prices.reads(), "bulk get");
		charge(registry, "writes", prices.writes(), "put", "bulk put");
		charge(registry, "deletes", prices.deletes(), "delete", "bulk delete");
		charge(registry, "lists", prices.lists(), "list");
	}

	private void charge(MeterRegistry registry, String kind, double price, String... operations) {
		Counter counter = Counter.builder("kv.cost")
			.description("Estimated cost of calls to KV by its price list")
			.baseUnit("dollars")
			.tag("kind", kind)
			.register(registry);
		for (String operation : operations) {
			this.costs.put(operation, counter);
			this.prices.put(operation, price / MILLION);
		}
	}

	@Override
	public Call started(String operation, int items) {
		this.items.withTag("operation", ObservedKvCalls.tag(operation)).record(items);
		return (failure) -> ended(operation, items, failure);
	}

	private void ended(String operation, int items, @Nullable Throwable failure) {
		Counter counter = this.costs.get(operation);
		boolean done = failure == null || Stages.unwrap(failure) instanceof KvUnknownOutcomeException;
		if (counter != null && done) {
			// A page of a list is one operation.
			int charged = operation.equals("list") ? 1 : items;
			counter.increment(charged * this.prices.getOrDefault(operation, 0.0));
		}
	}

}
