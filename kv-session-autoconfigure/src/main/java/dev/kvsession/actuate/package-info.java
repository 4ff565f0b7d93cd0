/**
 * Meters, observations and health of the engine and of sessions, all from memory:
 * watching costs no call. Knows client, client.engine, client.support, session and
 * session.settings.
 */
@NullMarked
package dev.kvsession.actuate;

import org.jspecify.annotations.NullMarked;
