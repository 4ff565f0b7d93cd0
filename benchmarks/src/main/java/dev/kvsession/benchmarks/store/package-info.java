/**
 * The session stores that are compared, and the servers they need.
 */
@NullMarked
package dev.kvsession.benchmarks.store;

import org.jspecify.annotations.NullMarked;
