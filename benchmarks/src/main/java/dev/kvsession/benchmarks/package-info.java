/**
 * Measures kv-session beside other session stores, each part alone or all by one command.
 */
@NullMarked
package dev.kvsession.benchmarks;

import org.jspecify.annotations.NullMarked;
