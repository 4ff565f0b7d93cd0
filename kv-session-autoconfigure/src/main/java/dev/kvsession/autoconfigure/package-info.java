/**
 * Binds {@code cloudflare.kv.*} and explains mistakes in it.
 */
@NullMarked
package dev.kvsession.autoconfigure;

import org.jspecify.annotations.NullMarked;
