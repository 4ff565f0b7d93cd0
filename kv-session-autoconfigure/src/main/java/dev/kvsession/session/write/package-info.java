/**
 * Writes sessions to KV: pending changes, merges with what KV has, changes of id,
 * background writes. Knows client with engine and support, codec, end, look, memory,
 * read, record and settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.write;

import org.jspecify.annotations.NullMarked;
