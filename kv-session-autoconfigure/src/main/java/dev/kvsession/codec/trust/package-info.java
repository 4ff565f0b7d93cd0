/**
 * Which types may be read, and by which names they are stored. Knows no other room.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.codec.trust;

import org.jspecify.annotations.NullMarked;
