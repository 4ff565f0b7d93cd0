package dev.kvsession.actuate;

import org.springframework.util.Assert;

/**
 * What KV charges, in dollars per million operations. Immutable.
 *
 * @param reads per million keys read, found or not
 * @param writes per million pairs written
 * @param deletes per million keys deleted
 * @param lists per million pages listed
 */
public record KvPriceList(double reads, double writes, double deletes, double lists) {

	/**
	 * Cloudflare's list prices, beyond what a plan includes. Source:
	 * developers.cloudflare.com/kv/platform/pricing (read 2026-11).
	 */
	public static final KvPriceList CLOUDFLARE = new KvPriceList(0.50, 5.00, 5.00, 5.00);

	/**
	 * Creates a price list.
	 * @throws IllegalArgumentException if a price is negative or not a finite number
	 */
	public KvPriceList {
		check("reads", reads);
		check("writes", writes);
		check("deletes", deletes);
		check("lists", lists);
	}

	private static void check(String name, double price) {
		Assert.isTrue(Double.isFinite(price) && price >= 0, () -> "'" + name + "' must be zero or more");
	}

}
