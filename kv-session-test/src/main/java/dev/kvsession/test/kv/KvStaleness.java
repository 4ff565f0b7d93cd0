package dev.kvsession.test.kv;

import java.time.Duration;

/**
 * How late a write becomes visible. Each read location keeps what it read, a miss as well
 * as a value, for {@code cacheTtl}; a write reaches the other locations after a random
 * delay of up to {@code longestDelay}. So a read can be stale by
 * {@code longestDelay + cacheTtl}. Lists are as stale as values.
 *
 * @param locations how many read locations there are, at least one
 * @param choice which location serves a call
 * @param cacheTtl how long a location answers from its cache
 * @param meanDelay the mean of the usual, exponentially spread delay to another location
 * @param longestDelay the upper bound of the rare long delays, which begin at
 * {@code cacheTtl}
 * @param longDelays the share of long delays among all, 0 to 1
 * @param ownMisses how often the location that took a write does not show it at once but
 * treats it as one of another location, 0 to 1
 */
public record KvStaleness(int locations, Choice choice, Duration cacheTtl, Duration meanDelay, Duration longestDelay,
		double longDelays, double ownMisses) {

	/**
	 * How long KV caches a read, found or not, over REST. Source:
	 * developers.cloudflare.com/kv/concepts/how-kv-works (read 2026-11).
	 */
	public static final Duration CLOUDFLARE_CACHE_TTL = Duration.ofSeconds(60);

	public KvStaleness {
		if (locations < 1) {
			throw new IllegalArgumentException("KvStaleness: locations must be at least 1, got " + locations + ".");
		}
		requireShare("longDelays", longDelays);
		requireShare("ownMisses", ownMisses);
		if (cacheTtl.isNegative() || meanDelay.isNegative() || longestDelay.isNegative()) {
			throw new IllegalArgumentException("KvStaleness: no duration may be negative, got cacheTtl " + cacheTtl
					+ ", meanDelay " + meanDelay + ", longestDelay " + longestDelay + ".");
		}
	}

	/**
	 * Returns no staleness: every read sees the last write. KV does not promise this.
	 * @return strong consistency
	 */
	public static KvStaleness none() {
		return new KvStaleness(1, Choice.BY_CLIENT, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);
	}

	/**
	 * Returns KV's staleness: three locations, any of which may serve a call, a cache of
	 * 60 s, a mean delay of 0.9 s (99 % within 4.4 s) with 2 % of up to 150 s, and one
	 * write in five not at once readable where it was made. Cloudflare publishes the
	 * cache and the usual delay (blog.cloudflare.com/workers-kv-instant, 2026-10) and
	 * says "60 seconds or more"; the tail and the last share are chosen.
	 * @return staleness like the real service's
	 */
	public static KvStaleness cloudflare() {
		return new KvStaleness(3, Choice.ANY, CLOUDFLARE_CACHE_TTL, Duration.ofMillis(900), Duration.ofSeconds(150),
				0.02, 0.2);
	}

	/**
	 * Returns this staleness with another way of choosing locations.
	 * @param choice which location serves a call
	 * @return a copy
	 */
	public KvStaleness choosing(Choice choice) {
		return new KvStaleness(this.locations, choice, this.cacheTtl, this.meanDelay, this.longestDelay,
				this.longDelays, this.ownMisses);
	}

	private static void requireShare(String name, double share) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException("KvStaleness: " + name + " must be from 0 to 1, got " + share + ".");
		}
	}

	/** Which read location serves a call. */
	public enum Choice {

		/**
		 * Each call goes to a location of its own, drawn at random: two reads in a row
		 * can go back in time.
		 */
		ANY,

		/**
		 * The calls of a client stay with one location; clients are spread over the
		 * locations in the order in which they first call.
		 */
		BY_CLIENT

	}

}
