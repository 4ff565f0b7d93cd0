/**
 * Spring Session's repository on Workers KV: {@code KvSessionRepository}, its sessions,
 * and the engine that joins the rooms below. Knows all of them, codec, and client with
 * engine and support.
 * <p>
 * API: {@code KvSessionRepository}, {@code KvIndexedSessionRepository},
 * {@code KvSession}. Only the library uses the rest.
 */
@NullMarked
package dev.kvsession.session;

import org.jspecify.annotations.NullMarked;
