/**
 * When the next call may leave: budget, priority classes, other users of the token. Knows
 * client and queue.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.client.engine.pace;

import org.jspecify.annotations.NullMarked;
