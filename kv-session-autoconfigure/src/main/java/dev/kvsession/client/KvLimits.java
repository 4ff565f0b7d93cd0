package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.kvsession.client.support.Json;
import dev.kvsession.client.support.Utf8;

/**
 * Limits of Workers KV that concern callers. Source unless stated otherwise:
 * developers.cloudflare.com/kv/platform/limits (read 2026-11).
 */
public final class KvLimits {

	/**
	 * Shortest time to live that KV accepts; shorter ones are refused with 400. Source:
	 * developers.cloudflare.com/kv, "Expiring keys" (read 2026-11).
	 */
	public static final Duration MIN_TTL = Duration.ofSeconds(60);

	/**
	 * Longest time to live: KV's runtime reads it as a signed 32 bit integer and refuses
	 * more. Observed on Cloudflare's workerd (2026-11).
	 */
	public static final Duration MAX_TTL = Duration.ofSeconds(Integer.MAX_VALUE);

	/** Longest key, in bytes of UTF-8. */
	public static final int MAX_KEY_BYTES = 512;

	/** Largest value, in bytes. */
	public static final int MAX_VALUE_BYTES = 25 * 1024 * 1024;

	/** Largest metadata, in bytes of serialized JSON. */
	public static final int MAX_METADATA_BYTES = 1024;

	/** Most keys of one bulk read. */
	public static final int MAX_BULK_GET_KEYS = 100;

	/** Most pairs of one bulk write, and keys of one bulk delete. */
	public static final int MAX_BULK_PAIRS = 10_000;

	/** Largest body of one bulk write, in bytes. */
	public static final int MAX_BULK_BYTES = 100 * 1000 * 1000;

	private KvLimits() {
	}

	/**
	 * Checks a key. No message contains it.
	 * @param key the key
	 * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}, longer
	 * than 512 bytes, or not encodable
	 */
	public static void checkKey(String key) {
		Assert.hasLength(key, "The key must not be empty");
		Assert.isTrue(!".".equals(key) && !"..".equals(key),
				"The key must not be '.' or '..': as a path segment they lead to another resource");
		int bytes = Utf8.length(key);
		Assert.isTrue(bytes != Utf8.NOT_ENCODABLE, "The key must not contain half of a surrogate pair");
		Assert.isTrue(bytes <= MAX_KEY_BYTES,
				() -> "The key must have at most " + MAX_KEY_BYTES + " bytes of UTF-8, but has " + bytes);
	}

	/**
	 * Checks a pair against KV's limits, without a call.
	 * @param pair the pair
	 * @return why KV would refuse it, or {@code null} if no reason is known
	 * @throws IllegalArgumentException if the key is malformed, see {@link #checkKey}
	 */
	public static @Nullable KvException refusal(KvPair pair) {
		checkKey(pair.key());
		int bytes = Utf8.length(pair.value());
		if (bytes == Utf8.NOT_ENCODABLE) {
			return refused("The value contains half of a surrogate pair, which KV cannot keep. Escape it");
		}
		return (bytes <= MAX_VALUE_BYTES) ? refusal(pair.metadata()) : refused("The value has " + bytes
				+ " bytes; KV keeps at most " + MAX_VALUE_BYTES + ". Store less under one key");
	}

	private static @Nullable KvException refusal(@Nullable String metadata) {
		int bytes = (metadata != null) ? Utf8.length(metadata) : 0;
		if (bytes > MAX_METADATA_BYTES) {
			return refused("The metadata has " + bytes + " bytes; KV keeps at most " + MAX_METADATA_BYTES
					+ ". Move parts of it to the value");
		}
		boolean valid = metadata == null
				|| (bytes != Utf8.NOT_ENCODABLE && Json.read(metadata.getBytes(StandardCharsets.UTF_8)) != null);
		return valid ? null : refused("The metadata is not JSON. Pass JSON text or none");
	}

	private static KvException refused(String message) {
		return new KvRequestRefusedException(message, null);
	}

}
