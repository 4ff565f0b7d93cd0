/**
 * An application under load on each store.
 */
@NullMarked
package dev.kvsession.benchmarks.load;

import org.jspecify.annotations.NullMarked;
