/**
 * Settings of the session store, and what the other rooms share: keys, counters, ids,
 * hashes for logs. API are the public enums and interfaces for settings,
 * {@code SecureSessionIdGenerator} and {@code KvSessionStatistics}. Knows client,
 * client.support and codec.
 */
@NullMarked
package dev.kvsession.session.settings;

import org.jspecify.annotations.NullMarked;
