/**
 * Spring Session's repository on Workers KV: keys, lifetimes, merging, near cache and
 * tombstones.
 */
@NullMarked
package dev.kvsession.session;

import org.jspecify.annotations.NullMarked;
