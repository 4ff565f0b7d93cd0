/**
 * Finds sessions by the name of their user or by other names: index entries beside the
 * records, their listing, and signing out everywhere. Knows client with engine and
 * support, codec, end, memory, read, record and settings.
 * <p>
 * API: {@code UserSession}, {@code UserSessions}. Only the library uses the rest.
 */
@NullMarked
package dev.kvsession.session.index;

import org.jspecify.annotations.NullMarked;
