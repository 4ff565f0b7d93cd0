/**
 * Rules about a session's record that need no I/O: lifetimes, touches, stamps, merges,
 * size, gone markers. Knows client, client.support, codec and settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.record;

import org.jspecify.annotations.NullMarked;
