/**
 * The Workers KV REST API in one JVM, with its limits, its staleness and faults on
 * demand. API, together with {@code dev.kvsession.test.kv}; the packages below are not.
 */
@NullMarked
package dev.kvsession.test;

import org.jspecify.annotations.NullMarked;
