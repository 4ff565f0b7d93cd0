/**
 * Meters, observations and health of the engine and of sessions, all from memory:
 * watching costs no call.
 */
@NullMarked
package dev.kvsession.actuate;

import org.jspecify.annotations.NullMarked;
