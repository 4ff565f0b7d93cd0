package dev.kvsession.test.format;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a key may be: 1 to 512 bytes of UTF-8, neither {@code .} nor {@code ..}. Source:
 * developers.cloudflare.com/kv/api/write-key-value-pairs (read 2026-11).
 */
public final class KeyRules {

	private static final int MAX_KEY_BYTES = 512;

	private static final Set<String> ILLEGAL = Set.of(".", "..");

	private KeyRules() {
	}

	public static String require(String key) {
		if (key.isEmpty()) {
			throw ApiError.INVALID_KEY.refusal("key names must not be empty");
		}
		if (ILLEGAL.contains(key)) {
			throw ApiError.INVALID_KEY.refusal("illegal key name: '.' and '..' are not allowed");
		}
		if (!Utf8.isWellFormed(key)) {
			throw ApiError.INVALID_KEY.refusal("key names must not contain half of a surrogate pair");
		}
		return requireLength(key);
	}

	public static String requireLength(String key) {
		int length = key.getBytes(StandardCharsets.UTF_8).length;
		if (length > MAX_KEY_BYTES) {
			throw ApiError.KEY_TOO_LONG
				.refusal("UTF-8 encoded length of " + length + " exceeds key length limit of " + MAX_KEY_BYTES + ".");
		}
		return key;
	}

}
