package dev.kvsession.test;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * The circumstances of one call.
 *
 * @param now when it is handled
 * @param settings the settings at that time
 * @param location the location that serves it
 * @param failing the keys that a bulk call is to report as failed
 */
record Turn(Instant now, KvEmulatorSettings settings, int location, Predicate<String> failing) {
}
