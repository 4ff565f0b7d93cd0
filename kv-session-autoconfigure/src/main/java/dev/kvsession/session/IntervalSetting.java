package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;

/**
 * A max inactive interval as the application set it. Immutable.
 *
 * @param interval the interval, in whole seconds
 * @param change whether the newest state known here had another one, or another one was
 * on its way to KV
 * @param at as for {@link AttributeSetting}
 */
record IntervalSetting(Duration interval, boolean change, @Nullable Stamp at) {
}
