package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Ids made here of which nothing was sent to KV or to other instances, so that ending one
 * costs no call. An evicted id costs the calls. Safe for concurrent use.
 */
public final class UnsavedIds {

	/** Longer than a request takes, and than most outages. */
	private static final Duration KEPT = Duration.ofHours(4);

	private static final int MAX_IDS = 100_000;

	private final Cache<String, Optional<String>> ids;

	UnsavedIds(EngineCaches caches) {
		this.ids = caches.ofIds(KEPT, MAX_IDS);
	}

	/** Notes a new id, with the id that it is to replace, if any. */
	public void add(String id, @Nullable String replaced) {
		this.ids.put(id, Optional.ofNullable(replaced));
	}

	/** Notes that something is about to be sent or handed off. */
	public void remove(String id) {
		this.ids.invalidate(id);
	}

	/** Whether neither KV nor another instance can know an id. */
	public boolean contains(String id) {
		return this.ids.getIfPresent(id) != null;
	}

	/**
	 * Returns the id that an unsent one is to replace, or {@code null}: the session is
	 * ended under the id that KV knows.
	 */
	public @Nullable String idBefore(String newId) {
		Optional<String> replaced = this.ids.getIfPresent(newId);
		return (replaced != null) ? replaced.orElse(null) : null;
	}

}
