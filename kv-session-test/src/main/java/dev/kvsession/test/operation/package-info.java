/**
 * The calls of the REST API: finds what a request asks for, checks it and answers it.
 * Knows {@code kv}, {@code format} and {@code store}. Public for the packages beside it;
 * not API.
 */
@NullMarked
package dev.kvsession.test.operation;

import org.jspecify.annotations.NullMarked;
