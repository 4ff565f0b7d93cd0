package dev.kvsession.client;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Limits of Workers KV that a caller can run into. Source unless stated otherwise:
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

	/**
	 * Longest key, in bytes of UTF-8.
	 */
	public static final int MAX_KEY_BYTES = 512;

	/**
	 * Largest value, in bytes.
	 */
	public static final int MAX_VALUE_BYTES = 25 * 1024 * 1024;

	/**
	 * Largest metadata, in bytes of serialized JSON.
	 */
	public static final int MAX_METADATA_BYTES = 1024;

	/**
	 * Most keys of one bulk read.
	 */
	public static final int MAX_BULK_GET_KEYS = 100;

	/**
	 * Most pairs of one bulk write, and keys of one bulk delete.
	 */
	public static final int MAX_BULK_PAIRS = 10_000;

	/**
	 * Largest body of one bulk write, in bytes.
	 */
	public static final int MAX_BULK_BYTES = 100 * 1000 * 1000;

	private KvLimits() {
	}

	/**
	 * Refuses what KV does not take as a key. No message contains the key.
	 * @param key the key
	 * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}, longer
	 * than 512 bytes, or not encodable
	 */
	public static void checkKey(String key) {
		KeyEncoding.check(key);
	}

	/**
	 * Finds what KV would refuse in a pair, without asking KV.
	 * @param pair the pair
	 * @return why it would be refused, or {@code null} if nothing is known against it
	 * @throws IllegalArgumentException if its key is none
	 */
	public static @Nullable KvException refusal(KvPair pair) {
		return PairLimits.check(List.of(pair));
	}

}
