package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Remembers ids made here of which nothing has been sent to KV, or handed over to other
 * instances, so that ending one costs no call. An id that was forgotten, because there
 * were too many or it is too old, costs the calls that it need not. Safe for concurrent
 * use.
 */
public final class UnsavedIds {

	/**
	 * Longer than a request takes, and than most outages.
	 */
	private static final Duration KEPT = Duration.ofHours(4);

	private static final int MAX_IDS = 100_000;

	private final Cache<String, Optional<String>> ids;

	UnsavedIds(EngineCaches caches) {
		this.ids = caches.ofIds(KEPT, MAX_IDS);
	}

	/**
	 * Notes a new id.
	 * @param id the id
	 * @param replaced the id that it is to replace, or {@code null} of a new session
	 */
	public void add(String id, @Nullable String replaced) {
		this.ids.put(id, Optional.ofNullable(replaced));
	}

	/**
	 * Notes that something is about to be sent or handed over.
	 * @param id the id
	 */
	public void remove(String id) {
		this.ids.invalidate(id);
	}

	/**
	 * Whether neither KV nor another instance can know an id.
	 * @param id the id
	 * @return whether it was made here and nothing has been sent
	 */
	public boolean contains(String id) {
		return this.ids.getIfPresent(id) != null;
	}

	/**
	 * Returns the id that a new one is to replace: who ends the session before that is
	 * saved ends it under the id that KV knows.
	 * @param newId the new id
	 * @return the id to replace, or {@code null} if there is none or the new one was sent
	 */
	public @Nullable String idBefore(String newId) {
		Optional<String> replaced = this.ids.getIfPresent(newId);
		return (replaced != null) ? replaced.orElse(null) : null;
	}

}
