/**
 * Ends ids in KV: gone markers, deletes, and the write queue of each key. Knows client,
 * client.engine, client.support, record and settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.end;

import org.jspecify.annotations.NullMarked;
