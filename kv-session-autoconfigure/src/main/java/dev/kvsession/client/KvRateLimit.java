package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The token's rate limit as an answer reports it. Other users of the token change it at
 * any time. Immutable. Source of the headers: developers.cloudflare.com/fundamentals/api,
 * "Rate limits" (read 2026-11).
 *
 * @param remaining how many calls are left ({@code r}); of several limits the tightest
 * @param resetAfter when that changes ({@code t}), or {@code null} if unknown
 */
public record KvRateLimit(long remaining, @Nullable Duration resetAfter) {
}
