/**
 * The properties {@code cloudflare.kv.*}: binding, names, unknown ones. Knows
 * session.settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
