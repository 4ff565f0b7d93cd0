/**
 * Configures client, session store and meters from {@code cloudflare.kv.*}. Knows the
 * rooms below; client with engine, http, rest and support; codec; session with settings
 * and web; and actuate.
 */
@NullMarked
package dev.kvsession.autoconfigure;

import org.jspecify.annotations.NullMarked;
