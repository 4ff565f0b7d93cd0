package dev.kvsession.test.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What may be stored: how large, and for how long. Source:
 * developers.cloudflare.com/kv/platform/limits and its "Expiring keys" (read 2026-11).
 */
public final class EntryRules {

	private static final int MAX_VALUE_BYTES = 25 * 1024 * 1024;

	private static final int MAX_METADATA_BYTES = 1024;

	private static final long MIN_TTL_SECONDS = 60;

	private EntryRules() {
	}

	public static byte[] requireValue(byte[] value) {
		if (value.length > MAX_VALUE_BYTES) {
			throw ApiError.TOO_LARGE
				.refusal("Value length of " + value.length + " exceeds limit of " + MAX_VALUE_BYTES + ".");
		}
		return value;
	}

	public static String requireMetadata(JsonNode metadata) {
		String text = Json.text(metadata);
		int length = text.getBytes(StandardCharsets.UTF_8).length;
		if (length > MAX_METADATA_BYTES) {
			throw ApiError.TOO_LARGE
				.refusal("Metadata length of " + length + " exceeds limit of " + MAX_METADATA_BYTES + ".");
		}
		return text;
	}

	/** Returns when an entry expires, {@code null} for never; the time to live wins. */
	public static @Nullable Instant expiry(@Nullable String ttl, @Nullable String expiration, Instant now) {
		if (ttl != null) {
			return now.plusSeconds(requireWithin(MIN_TTL_SECONDS, "expiration_ttl", ttl));
		}
		if (expiration != null) {
			return Instant
				.ofEpochSecond(requireWithin(now.getEpochSecond() + MIN_TTL_SECONDS, "expiration", expiration));
		}
		return null;
	}

	private static long requireWithin(long least, String name, String sent) {
		long seconds = number(sent, name);
		if (seconds < least || seconds > Integer.MAX_VALUE) {
			throw ApiError.INVALID_EXPIRATION.refusal("Invalid " + name + ": it must be at least " + MIN_TTL_SECONDS
					+ " seconds ahead and fit in 32 bits.");
		}
		return seconds;
	}

	private static long number(String text, String name) {
		return Digits.signed(text)
			.orElseThrow(() -> ApiError.INVALID_EXPIRATION.refusal("Invalid " + name + ": please specify an integer."));
	}

}
