package dev.kvsession.session;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;

/**
 * Remembers ids made here of which nothing has been sent to KV yet, so that ending one
 * costs no call. An id that was forgotten, because there were too many or it is too old,
 * costs the calls that it need not. Safe for concurrent use.
 */
final class UnsavedIds {

	/**
	 * Longer than a request takes, and than most outages.
	 */
	private static final Duration KEPT = Duration.ofHours(4);

	private static final int MAX_IDS = 100_000;

	private final Cache<String, Boolean> ids;

	UnsavedIds(EngineCaches caches) {
		this.ids = caches.newBuilder().expireAfterWrite(KEPT).maximumSize(MAX_IDS).build();
	}

	void add(String id) {
		this.ids.put(id, Boolean.TRUE);
	}

	/**
	 * Notes that something is about to be sent.
	 * @param id the id
	 */
	void remove(String id) {
		this.ids.invalidate(id);
	}

	/**
	 * Whether KV cannot know an id.
	 * @param id the id
	 * @return whether it was made here and nothing has been sent
	 */
	boolean contains(String id) {
		return this.ids.getIfPresent(id) != null;
	}

}
