/**
 * Turns a session record into versioned JSON text and back, without I/O. Knows security,
 * trust and value.
 */
@NullMarked
package dev.kvsession.codec;

import org.jspecify.annotations.NullMarked;
