/**
 * Small tools of the client: JSON, UTF-8, keys in URLs, placeholders, warnings that do
 * not flood a log. Knows no other room.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.client.support;

import org.jspecify.annotations.NullMarked;
