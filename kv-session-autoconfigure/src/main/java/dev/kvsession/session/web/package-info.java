/**
 * What the session store does with HTTP: the filter outside Spring's, the handoff cookie,
 * the answer 503, and what one request remembers. Knows client, handoff, memory and
 * settings.
 * <p>
 * API: {@code KvSessionFilter}, {@code SessionUnavailableHandler}. Only the library uses
 * the rest.
 */
@NullMarked
package dev.kvsession.session.web;

import org.jspecify.annotations.NullMarked;
