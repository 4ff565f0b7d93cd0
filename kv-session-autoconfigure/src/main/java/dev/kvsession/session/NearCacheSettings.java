package dev.kvsession.session;

import java.time.Duration;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How long and how much this instance remembers of sessions it has seen. Immutable.
 *
 * @param enabled whether sessions are served from memory; if not, they are still shared
 * by the requests of {@link #BRIEFLY}, and own writes are still readable here
 * @param timeToLive how long a session is served from memory before KV is read again; up
 * to that long this instance does not notice a logout or change made elsewhere
 * @param maxWeight the estimated memory to hold sessions in
 * @param staleIfError for how long a session is served after it was last read or written
 * when KV cannot be asked; zero means not at all. Without cache, only what was written
 * here a few minutes ago
 */
public record NearCacheSettings(boolean enabled, Duration timeToLive, DataSize maxWeight, Duration staleIfError) {

	/**
	 * How long a session is shared when the cache is not enabled: long enough for the
	 * several reads and saves that Spring Session asks of one request.
	 */
	static final Duration BRIEFLY = Duration.ofSeconds(2);

	/**
	 * What is used unless told otherwise: enabled, 30 seconds (KV's own shortest cache
	 * time, developers.cloudflare.com/kv/platform/limits, read 2026-11), 64 MB, and four
	 * hours without KV: longer than its outage of 2025-06-12.
	 */
	public static final NearCacheSettings DEFAULT = new NearCacheSettings(true, Duration.ofSeconds(30),
			DataSize.ofMegabytes(64), Duration.ofHours(4));

	public NearCacheSettings {
		Assert.isTrue(timeToLive.compareTo(BRIEFLY) >= 0, "'timeToLive' must be at least 2 seconds");
		Assert.isTrue(maxWeight.toBytes() > 0, "'maxWeight' must be positive");
		Assert.isTrue(!staleIfError.isNegative(), "'staleIfError' must not be negative");
	}

	Duration freshness() {
		return this.enabled ? this.timeToLive : BRIEFLY;
	}

}
