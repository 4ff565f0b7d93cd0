package dev.kvsession.session;

import java.time.Duration;

/**
 * A max inactive interval as the application set it. Immutable.
 *
 * @param interval the interval, in whole seconds
 * @param change whether the newest state known here had another one, or another one was
 * on its way to KV
 */
record IntervalSetting(Duration interval, boolean change) {
}
