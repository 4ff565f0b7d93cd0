/**
 * Settings of the session store, and what the other rooms share: keys, counters, ids,
 * hashes for logs. Knows client, client.support, codec and crypto.
 * <p>
 * API: {@code HandoffKey}, {@code KvSessionEvent}, {@code KvSessionStatistics},
 * {@code NearCacheSettings}, {@code ReadFailurePolicy}, {@code SecureSessionIdGenerator},
 * {@code SessionClaims}, {@code SessionDetails}, {@code SessionExpiration},
 * {@code SessionRuntime}, {@code SessionTenant}, {@code StageWaiter},
 * {@code UnreadablePolicy}, {@code WriteMode}. Only the library uses the rest.
 */
@NullMarked
package dev.kvsession.session.settings;

import org.jspecify.annotations.NullMarked;
