/**
 * An HTTP server on the loopback interface that can delay, drip and reset its answers.
 * Knows {@code kv} only. Public for the packages beside it; not API.
 */
@NullMarked
package dev.kvsession.test.http;

import org.jspecify.annotations.NullMarked;
