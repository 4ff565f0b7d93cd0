/**
 * Explains mistakes in the configuration when the application starts. Knows client.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.autoconfigure.failure;

import org.jspecify.annotations.NullMarked;
