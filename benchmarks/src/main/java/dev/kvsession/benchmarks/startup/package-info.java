/**
 * What the starter adds to an application's start.
 */
@NullMarked
package dev.kvsession.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
