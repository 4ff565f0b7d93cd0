package dev.kvsession.session;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Makes caches whose time is the engine's and whose upkeep runs on the thread that uses
 * them, so that a simulation decides both.
 *
 * @param clock the engine's clock
 */
record EngineCaches(InstantSource clock) {

	Caffeine<Object, Object> newBuilder() {
		return Caffeine.newBuilder()
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(this.clock.millis()))
			.executor(Runnable::run);
	}

}
