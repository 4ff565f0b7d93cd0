/**
 * Beans that the configurations create, and their helpers. Knows properties, client,
 * client.http, codec, session, session.settings and session.web.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.autoconfigure.bean;

import org.jspecify.annotations.NullMarked;
