/**
 * What this instance remembers: near cache, pinned sessions, absent ids, tombstones.
 * Knows codec, record and settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.memory;

import org.jspecify.annotations.NullMarked;
