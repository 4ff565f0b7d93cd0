package dev.kvsession.session.settings;

import java.time.Duration;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How long and in how much memory this instance keeps sessions. Immutable.
 *
 * @param enabled whether sessions are served from memory; if not, they are still shared
 * by the requests of {@link #BRIEFLY}, and own writes are still readable here
 * @param timeToLive how long a session is served to every request before KV is read
 * again, at least 2 seconds; up to that long this instance does not notice a logout or
 * change made elsewhere
 * @param maxWeight the estimated memory for sessions, positive
 * @param staleIfError how long after its last read or write a session is served when KV
 * cannot be read; zero means not at all. Without cache, only what was written here a few
 * minutes ago
 * @param maxStaleness how long after KV last confirmed it a session is served at once to
 * a safe request (GET, HEAD, OPTIONS) while it is read again in the background; zero
 * means not at all
 * @param softTimeout how long any other request waits for that read before it is served
 * the known session, too, within {@code maxStaleness}; positive
 */
public record NearCacheSettings(boolean enabled, Duration timeToLive, DataSize maxWeight, Duration staleIfError,
		Duration maxStaleness, Duration softTimeout) {

	/**
	 * How long a session is shared when the cache is not enabled: long enough for the
	 * reads and saves that Spring Session makes in one request.
	 */
	public static final Duration BRIEFLY = Duration.ofSeconds(2);

	/**
	 * The default: enabled, 30 seconds (KV's own shortest cache time,
	 * developers.cloudflare.com/kv/platform/limits, read 2026-11), 64 MB, four hours
	 * without KV (longer than its outage of 2025-06-12), five minutes for safe requests
	 * (in which most people open their next page), half a second of waiting.
	 */
	public static final NearCacheSettings DEFAULT = new NearCacheSettings(true, Duration.ofSeconds(30),
			DataSize.ofMegabytes(64), Duration.ofHours(4), Duration.ofMinutes(5), Duration.ofMillis(500));

	public NearCacheSettings {
		Assert.isTrue(timeToLive.compareTo(BRIEFLY) >= 0, "'timeToLive' must be at least 2 seconds");
		Assert.isTrue(maxWeight.toBytes() > 0, "'maxWeight' must be positive");
		Assert.isTrue(!staleIfError.isNegative(), "'staleIfError' must not be negative");
		Assert.isTrue(!maxStaleness.isNegative(), "'maxStaleness' must not be negative");
		Assert.isTrue(!softTimeout.isNegative() && !softTimeout.isZero(), "'softTimeout' must be positive");
	}

	/**
	 * Returns these settings, enabled or not.
	 * @param enabled whether sessions are served from memory
	 * @return the settings
	 */
	public NearCacheSettings withEnabled(boolean enabled) {
		return new NearCacheSettings(enabled, this.timeToLive, this.maxWeight, this.staleIfError, this.maxStaleness,
				this.softTimeout);
	}

	/**
	 * Returns these settings with another time to live.
	 * @param timeToLive the time to live, at least 2 seconds
	 * @return the settings
	 */
	public NearCacheSettings withTimeToLive(Duration timeToLive) {
		return new NearCacheSettings(this.enabled, timeToLive, this.maxWeight, this.staleIfError, this.maxStaleness,
				this.softTimeout);
	}

	/**
	 * Returns these settings with another bound of memory.
	 * @param maxWeight the bound, positive
	 * @return the settings
	 */
	public NearCacheSettings withMaxWeight(DataSize maxWeight) {
		return new NearCacheSettings(this.enabled, this.timeToLive, maxWeight, this.staleIfError, this.maxStaleness,
				this.softTimeout);
	}

	/**
	 * Returns these settings with another bound for serving sessions without KV.
	 * @param staleIfError the bound, zero or more
	 * @return the settings
	 */
	public NearCacheSettings withStaleIfError(Duration staleIfError) {
		return new NearCacheSettings(this.enabled, this.timeToLive, this.maxWeight, staleIfError, this.maxStaleness,
				this.softTimeout);
	}

	/**
	 * Returns these settings with another bound for serving sessions while they are read.
	 * @param maxStaleness the bound, zero or more
	 * @return the settings
	 */
	public NearCacheSettings withMaxStaleness(Duration maxStaleness) {
		return new NearCacheSettings(this.enabled, this.timeToLive, this.maxWeight, this.staleIfError, maxStaleness,
				this.softTimeout);
	}

	/**
	 * Returns these settings with another wait of requests that are not safe.
	 * @param softTimeout the wait, positive
	 * @return the settings
	 */
	public NearCacheSettings withSoftTimeout(Duration softTimeout) {
		return new NearCacheSettings(this.enabled, this.timeToLive, this.maxWeight, this.staleIfError,
				this.maxStaleness, softTimeout);
	}

	public Duration freshness() {
		return this.enabled ? this.timeToLive : BRIEFLY;
	}

}
