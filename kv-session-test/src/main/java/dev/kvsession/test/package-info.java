/**
 * The Workers KV REST API in one JVM, with its limits, its staleness and faults on
 * demand.
 */
@NullMarked
package dev.kvsession.test;

import org.jspecify.annotations.NullMarked;
