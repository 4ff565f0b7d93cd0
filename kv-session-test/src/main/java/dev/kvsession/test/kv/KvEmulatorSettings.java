package dev.kvsession.test.kv;

import java.time.Duration;

/**
 * Staleness, limits and latency of the emulated KV. Sizes, key rules and the shortest
 * time to live are not settings: they always apply. Immutable.
 *
 * @param seed seed of all randomness: the same seed and calls have the same answers. Read
 * at the start and at each reset
 * @param latency how long answers take
 * @param staleness how late writes become visible
 * @param rateLimit how many calls the token may make
 * @param keyWriteInterval the time that must pass between two accepted writes or deletes
 * of a key; zero for none. That deletes count is an assumption, the stricter one
 * @param dailyQuota how many keys may be used a day
 * @param accounts how many accounts the token may use, zero or more; the first is the
 * emulator's account, the only one with a namespace
 */
public record KvEmulatorSettings(long seed, KvLatency latency, KvStaleness staleness, KvRateLimit rateLimit,
		Duration keyWriteInterval, KvDailyQuota dailyQuota, int accounts) {

	/**
	 * How far apart KV wants two writes of one key. Source:
	 * developers.cloudflare.com/kv/platform/limits (read 2026-11).
	 */
	public static final Duration CLOUDFLARE_KEY_WRITE_INTERVAL = Duration.ofSeconds(1);

	private static final KvLatency SHORT_LATENCY = KvLatency.between(Duration.ofMillis(5), Duration.ofMillis(50));

	public KvEmulatorSettings {
		if (accounts < 0 || keyWriteInterval.isNegative()) {
			throw new IllegalArgumentException("KvEmulatorSettings: accounts and keyWriteInterval must not be"
					+ " negative, got " + accounts + " and " + keyWriteInterval + ".");
		}
	}

	/**
	 * Returns the settings for an application's own tests: reads see the last write, and
	 * nothing is throttled or delayed. The default of {@code KvEmulator.start()}.
	 * @return a strongly consistent, unlimited KV
	 */
	public static KvEmulatorSettings strong() {
		return new KvEmulatorSettings(0, KvLatency.none(), KvStaleness.none(), KvRateLimit.none(), Duration.ZERO,
				KvDailyQuota.none(), 1);
	}

	/**
	 * Returns KV as it is on the paid plan: stale reads, one write a second per key,
	 * 1,200 calls in five minutes, and 5 to 50 ms of latency (chosen for test speed, not
	 * measured: over the internet expect more).
	 * @param seed seed of all randomness
	 * @return settings like the real service's
	 */
	public static KvEmulatorSettings realistic(long seed) {
		return new KvEmulatorSettings(seed, SHORT_LATENCY, KvStaleness.cloudflare(), KvRateLimit.cloudflare(),
				CLOUDFLARE_KEY_WRITE_INTERVAL, KvDailyQuota.none(), 1);
	}

	/**
	 * Returns these settings with another latency.
	 * @param latency how long answers take
	 * @return a copy
	 */
	public KvEmulatorSettings withLatency(KvLatency latency) {
		return new KvEmulatorSettings(this.seed, latency, this.staleness, this.rateLimit, this.keyWriteInterval,
				this.dailyQuota, this.accounts);
	}

	/**
	 * Returns these settings with another staleness.
	 * @param staleness how late writes become visible
	 * @return a copy
	 */
	public KvEmulatorSettings withStaleness(KvStaleness staleness) {
		return new KvEmulatorSettings(this.seed, this.latency, staleness, this.rateLimit, this.keyWriteInterval,
				this.dailyQuota, this.accounts);
	}

	/**
	 * Returns these settings with another limit of calls.
	 * @param rateLimit how many calls the token may make
	 * @return a copy
	 */
	public KvEmulatorSettings withRateLimit(KvRateLimit rateLimit) {
		return new KvEmulatorSettings(this.seed, this.latency, this.staleness, rateLimit, this.keyWriteInterval,
				this.dailyQuota, this.accounts);
	}

	/**
	 * Returns these settings with another interval between two writes of a key.
	 * @param keyWriteInterval the interval; zero for none
	 * @return a copy
	 */
	public KvEmulatorSettings withKeyWriteInterval(Duration keyWriteInterval) {
		return new KvEmulatorSettings(this.seed, this.latency, this.staleness, this.rateLimit, keyWriteInterval,
				this.dailyQuota, this.accounts);
	}

	/**
	 * Returns these settings with another daily quota.
	 * @param dailyQuota how many keys may be used a day
	 * @return a copy
	 */
	public KvEmulatorSettings withDailyQuota(KvDailyQuota dailyQuota) {
		return new KvEmulatorSettings(this.seed, this.latency, this.staleness, this.rateLimit, this.keyWriteInterval,
				dailyQuota, this.accounts);
	}

	/**
	 * Returns these settings with another number of accounts.
	 * @param accounts how many accounts the token may use, zero or more
	 * @return a copy
	 */
	public KvEmulatorSettings withAccounts(int accounts) {
		return new KvEmulatorSettings(this.seed, this.latency, this.staleness, this.rateLimit, this.keyWriteInterval,
				this.dailyQuota, accounts);
	}

}
