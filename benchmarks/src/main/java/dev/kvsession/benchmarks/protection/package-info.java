/**
 * What signed ids, hashed keys and encryption cost.
 */
@NullMarked
package dev.kvsession.benchmarks.protection;

import org.jspecify.annotations.NullMarked;
