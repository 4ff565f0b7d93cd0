package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Makes caches whose time is the engine's and whose upkeep runs on the thread that uses
 * them, so that a simulation decides both.
 *
 * @param nanoTime nanoseconds that only grow, as those of {@link System#nanoTime()}
 */
public record EngineCaches(LongSupplier nanoTime) {

	Caffeine<Object, Object> newBuilder() {
		return Caffeine.newBuilder().ticker(this.nanoTime::getAsLong).executor(Runnable::run);
	}

	/**
	 * Makes a cache of what is remembered of ids.
	 * @param <V> what
	 * @param kept for how long, since it was last put
	 * @param most of how many ids
	 * @return the cache
	 */
	public <V> Cache<String, V> ofIds(Duration kept, long most) {
		return newBuilder().expireAfterWrite(kept).maximumSize(most).build();
	}

}
