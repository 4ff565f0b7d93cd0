/**
 * Reads sessions from KV: single flight, refresh ahead, stale if error, adoption of
 * handoffs. Knows handoff, memory and record.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.read;

import org.jspecify.annotations.NullMarked;
