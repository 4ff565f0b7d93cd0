/**
 * The properties {@code cloudflare.kv.*}: binding, names, unknown ones. Knows
 * session.settings.
 */
@NullMarked
package dev.kvsession.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
