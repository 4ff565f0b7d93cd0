/**
 * Mistakes in the configuration, and their explanations at start. Knows client.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.autoconfigure.failure;

import org.jspecify.annotations.NullMarked;
