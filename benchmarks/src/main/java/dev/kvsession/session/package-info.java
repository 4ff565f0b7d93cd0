/**
 * Simulations in virtual time. In the library's own package, for the clock, the scheduler
 * and the waiting that only there can be replaced.
 */
@NullMarked
package dev.kvsession.session;

import org.jspecify.annotations.NullMarked;
