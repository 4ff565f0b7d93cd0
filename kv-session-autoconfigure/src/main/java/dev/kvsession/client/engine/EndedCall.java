package dev.kvsession.client.engine;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvRateLimit;

/**
 * How a call ended. Immutable.
 *
 * @param batch what it carried
 * @param answer the answer, or {@code null} if it failed
 * @param failure the failure, or {@code null}
 * @param limit what the client has heard last of the token's calls, or {@code null}
 */
record EndedCall(Batch batch, @Nullable BatchAnswer answer, @Nullable Throwable failure, @Nullable KvRateLimit limit) {
}
