/**
 * What is stored, when each location shows it, and how often a key and a token may be
 * used. Knows {@code kv} and {@code format}. Public for the packages beside it; not API.
 */
@NullMarked
package dev.kvsession.test.store;

import org.jspecify.annotations.NullMarked;
