/**
 * Takes values apart: to compare them, to bound the work of reading them, and to store
 * those of the JDK that have parts. Knows trust.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.codec.structure;

import org.jspecify.annotations.NullMarked;
