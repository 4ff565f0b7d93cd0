package dev.kvsession.actuate;

import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * A position of KV's price list, and the operations that belong to it.
 */
enum PaidOperation {

	READS(KvPriceList::reads, "bulk get"),

	WRITES(KvPriceList::writes, "put", "bulk put"),

	DELETES(KvPriceList::deletes, "delete", "bulk delete"),

	LISTS(KvPriceList::lists, "list");

	private static final double MILLION = 1_000_000;

	private final ToDoubleFunction<KvPriceList> price;

	private final Set<String> operations;

	PaidOperation(ToDoubleFunction<KvPriceList> price, String... operations) {
		this.price = price;
		this.operations = Set.of(operations);
	}

	static @Nullable PaidOperation of(String operation) {
		for (PaidOperation candidate : values()) {
			if (candidate.operations.contains(operation)) {
				return candidate;
			}
		}
		return null;
	}

	/**
	 * Estimates what a call costs. Bulk writes and deletes are charged by the key
	 * (developers.cloudflare.com/kv/platform/pricing, read 2026-11), keys that do not
	 * exist included; of bulk reads the page says nothing, they are taken to be the same.
	 * A page of a list is one operation.
	 * @param prices the price list
	 * @param items the keys or pairs of the call
	 * @return dollars
	 */
	double cost(KvPriceList prices, int items) {
		int charged = (this != LISTS) ? items : 1;
		return charged * this.price.applyAsDouble(prices) / MILLION;
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
