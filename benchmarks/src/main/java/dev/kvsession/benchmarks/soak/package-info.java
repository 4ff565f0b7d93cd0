/**
 * Three real instances that live through faults, floods and kills, and users who check
 * what is lost.
 */
@NullMarked
package dev.kvsession.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
