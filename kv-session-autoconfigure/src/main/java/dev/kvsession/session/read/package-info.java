/**
 * Reads sessions from KV: single flight, refresh ahead, stale if error, adoption of
 * handoffs. Knows client with engine and support, codec, handoff, memory, record and
 * settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.read;

import org.jspecify.annotations.NullMarked;
