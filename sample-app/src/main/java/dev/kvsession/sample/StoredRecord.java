package dev.kvsession.sample;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A session's record in KV, as far as it may be shown. Immutable.
 *
 * @param shortKey the first characters of the key; the rest is the secret
 * @param sizeBytes the size of the value
 * @param expiresAt when the session ends if nothing uses it, or {@code null} for never
 */
record StoredRecord(String shortKey, int sizeBytes, @Nullable Instant expiresAt) {
}
