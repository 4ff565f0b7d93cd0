/**
 * Writes sessions to KV: pending changes, merges with what KV has, changes of id,
 * background writes. Knows look, end, read, memory and record.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.write;

import org.jspecify.annotations.NullMarked;
