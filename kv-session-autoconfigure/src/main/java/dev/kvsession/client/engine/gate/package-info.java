/**
 * Whether calls may leave at all: circuit breaker, daily quota, block of the token. Knows
 * client and queue.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.client.engine.gate;

import org.jspecify.annotations.NullMarked;
