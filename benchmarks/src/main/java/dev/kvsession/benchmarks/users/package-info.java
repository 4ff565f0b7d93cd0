/**
 * Simulations of users in virtual time, over the adapter of the library's test-jar.
 */
@NullMarked
package dev.kvsession.benchmarks.users;

import org.jspecify.annotations.NullMarked;
