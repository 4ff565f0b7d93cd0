/** Turns a session record into versioned JSON text and back; knows no I/O. */
@NullMarked
package dev.kvsession.codec;

import org.jspecify.annotations.NullMarked;
