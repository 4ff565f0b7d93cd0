/**
 * What a crash loses.
 */
@NullMarked
package dev.kvsession.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
