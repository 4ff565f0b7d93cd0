package dev.kvsession.actuate;

import java.util.EnumMap;
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
 * The estimate knows neither what a plan includes nor storage. It takes refused calls for
 * free, and calls with a lost answer for done.
 */
public final class KvCallMetrics implements KvCallObserver {

	private final MeterProvider<DistributionSummary> items;

	private final Map<PaidOperation, Counter> costs = new EnumMap<>(PaidOperation.class);

	private final KvPriceList prices;

	/**
	 * Creates an observer.
	 * @param registry where the meters are
	 * @param prices what KV charges
	 */
	public KvCallMetrics(MeterRegistry registry, KvPriceList prices) {
		this.prices = prices;
		this.items = DistributionSummary.builder("kv.calls.items")
			.description("Keys or pairs in one call to KV")
			.baseUnit("items")
			.withRegistry(registry);
		for (PaidOperation paid : PaidOperation.values()) {
			this.costs.put(paid, cost(paid, registry));
		}
	}

	private static Counter cost(PaidOperation paid, MeterRegistry registry) {
		return Counter.builder("kv.cost")
			.description("Estimated cost of calls to KV by its price list")
			.baseUnit("dollars")
			.tag("kind", paid.tag())
			.register(registry);
	}

	@Override
	public Call started(String operation, int items) {
		this.items.withTag(KvCallTags.OPERATION, KvCallTags.operation(operation)).record(items);
		return (failure) -> ended(operation, items, failure);
	}

	/*
	 * KV may have done what was asked. Cloudflare does not say what it charges for calls
	 * it refuses; a call that never reached the store is taken for free.
	 */
	private static boolean isPaid(@Nullable Throwable failure) {
		return failure == null || Stages.unwrap(failure) instanceof KvUnknownOutcomeException;
	}

	private void ended(String operation, int items, @Nullable Throwable failure) {
		PaidOperation paid = PaidOperation.of(operation);
		if (paid == null || !isPaid(failure)) {
			return;
		}
		Counter counter = this.costs.get(paid);
		if (counter != null) {
			counter.increment(paid.cost(this.prices, items));
		}
	}

}
