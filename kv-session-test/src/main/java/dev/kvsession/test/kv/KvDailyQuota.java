package dev.kvsession.test.kv;

/**
 * How many keys an account may read, write, delete and list per day (UTC). A bulk call
 * counts once per key.
 *
 * @param reads keys read a day, zero or more
 * @param writes keys written a day, zero or more
 * @param deletes keys deleted a day, zero or more
 * @param lists list calls a day, zero or more
 */
public record KvDailyQuota(long reads, long writes, long deletes, long lists) {

	/**
	 * Returns a quota that is never exhausted, as on the paid plan.
	 * @return no quota
	 */
	public static KvDailyQuota none() {
		return new KvDailyQuota(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
	}

	/**
	 * Returns the quota of the free plan: 100,000 reads, 1,000 writes, deletes and lists
	 * each. Source: developers.cloudflare.com/kv/platform/pricing (read 2026-11).
	 * @return the free plan's quota
	 */
	public static KvDailyQuota freePlan() {
		return new KvDailyQuota(100_000, 1_000, 1_000, 1_000);
	}

	public long of(KvCallKind kind) {
		return switch (kind) {
			case GET, BULK_GET, METADATA -> this.reads;
			case PUT, BULK_PUT -> this.writes;
			case DELETE, BULK_DELETE -> this.deletes;
			case LIST -> this.lists;
			case ACCOUNTS, OTHER -> Long.MAX_VALUE;
		};
	}

}
