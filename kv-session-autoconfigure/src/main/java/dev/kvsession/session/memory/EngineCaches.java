package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Makes caches on the engine's time, whose upkeep runs on the calling thread, so that a
 * simulation decides both.
 */
public record EngineCaches(LongSupplier nanoTime) {

	Caffeine<Object, Object> newBuilder() {
		return Caffeine.newBuilder().ticker(this.nanoTime::getAsLong).executor(Runnable::run);
	}

	/** Makes a cache by id whose entries last so long after they were put. */
	public <V> Cache<String, V> ofIds(Duration kept, long most) {
		return newBuilder().expireAfterWrite(kept).maximumSize(most).build();
	}

}
