package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * One key with the value to write. Immutable.
 *
 * @param key the key, 1 to 512 bytes of UTF-8
 * @param value the value, at most 25 MiB of UTF-8
 * @param timeToLive how long KV keeps the pair, in whole seconds from
 * {@link KvLimits#MIN_TTL} to {@link KvLimits#MAX_TTL}, or {@code null} for no end, which
 * removes an earlier lifetime
 * @param metadata JSON text of at most 1024 bytes, or {@code null} for none
 */
public record KvPair(String key, String value, @Nullable Duration timeToLive, @Nullable String metadata) {

	public KvPair {
		Assert.hasLength(key, "'key' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		if (timeToLive != null) {
			Assert.isTrue(timeToLive.compareTo(KvLimits.MIN_TTL) >= 0 && timeToLive.compareTo(KvLimits.MAX_TTL) <= 0,
					() -> "'timeToLive' must be from 60 to 2147483647 seconds, but is " + timeToLive);
		}
	}

	/**
	 * Creates a pair without metadata.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive how long KV keeps the pair, or {@code null} for no end
	 */
	public KvPair(String key, String value, @Nullable Duration timeToLive) {
		this(key, value, timeToLive, null);
	}

	@Override
	public String toString() {
		return "KvPair[" + this.value.length() + " chars, timeToLive=" + this.timeToLive + "]";
	}

}
