/**
 * The emulator in a Spring application, for tests and for development. API: the
 * annotation. May know the emulator and Spring's context, nothing of this library.
 */
@NullMarked
package dev.kvsession.test.spring;

import org.jspecify.annotations.NullMarked;
