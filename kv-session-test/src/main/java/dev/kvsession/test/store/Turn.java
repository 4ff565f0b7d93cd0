package dev.kvsession.test.store;

import java.time.Instant;
import java.util.function.Predicate;

import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * The circumstances of one call.
 *
 * @param now when it is handled
 * @param settings the settings at that time
 * @param location the location that serves it
 * @param failing the keys that a bulk call is to report as failed
 */
public record Turn(Instant now, KvEmulatorSettings settings, int location, Predicate<String> failing) {
}
