/**
 * What a call to KV costs in CPU.
 */
@NullMarked
package dev.kvsession.benchmarks.transport;

import org.jspecify.annotations.NullMarked;
