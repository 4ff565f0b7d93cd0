package dev.kvsession.session;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;

/**
 * Ids that had no session a moment ago, or none that can be read. Safe for concurrent
 * use.
 */
final class AbsentIds {

	/**
	 * For how long an absent id is not read again: the reads of one request, its error
	 * page included.
	 */
	private static final Duration MISSES_KEPT = Duration.ofSeconds(2);

	/**
	 * For how long the same unreadable session is not reported again.
	 */
	private static final Duration REPORTED_KEPT = Duration.ofDays(1);

	/**
	 * More misses than the REST API's budget allows in {@link #MISSES_KEPT}, and few
	 * enough that a flood of forged ids occupies no more than some megabytes.
	 */
	private static final int MAX_IDS = 10_000;

	private final Cache<String, Boolean> misses;

	private final Cache<String, Boolean> unreadable;

	private final Cache<String, Boolean> reported;

	AbsentIds(EngineCaches caches, Duration freshness) {
		this.misses = caches.newBuilder().expireAfterWrite(MISSES_KEPT).maximumSize(MAX_IDS).build();
		this.unreadable = caches.newBuilder().expireAfterWrite(freshness).maximumSize(MAX_IDS).build();
		this.reported = caches.newBuilder().expireAfterWrite(REPORTED_KEPT).maximumSize(MAX_IDS).build();
	}

	void missed(String id) {
		this.misses.put(id, Boolean.TRUE);
	}

	/**
	 * Takes a session whose record cannot be read for absent, for as long as one that can
	 * be read would be served from memory.
	 * @param id the id
	 * @return whether nobody has been told yet
	 */
	boolean unreadable(String id) {
		this.unreadable.put(id, Boolean.TRUE);
		return this.reported.asMap().putIfAbsent(id, Boolean.TRUE) == null;
	}

	void written(String id) {
		this.misses.invalidate(id);
	}

	void found(String id) {
		this.misses.invalidate(id);
		this.unreadable.invalidate(id);
	}

	boolean contains(String id) {
		return this.misses.getIfPresent(id) != null || this.unreadable.getIfPresent(id) != null;
	}

}
