/**
 * What a cached session takes.
 */
@NullMarked
package dev.kvsession.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
