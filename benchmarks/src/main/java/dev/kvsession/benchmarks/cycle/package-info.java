/**
 * One request cycle against each store.
 */
@NullMarked
package dev.kvsession.benchmarks.cycle;

import org.jspecify.annotations.NullMarked;
