/**
 * Keys that wait for their call, and how calls are made of them. Knows client.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.client.engine.queue;

import org.jspecify.annotations.NullMarked;
