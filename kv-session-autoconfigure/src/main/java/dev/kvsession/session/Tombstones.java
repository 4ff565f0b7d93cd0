package dev.kvsession.session;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;

/**
 * Remembers ids of sessions that ended here or, as was learnt, elsewhere or by their age,
 * whatever KV still returns for them. Safe for concurrent use.
 * <p>
 * An id is remembered for a day, long after KV has forgotten the record, and at most a
 * million of them: more logouts in a day than the REST API lets one token write.
 */
final class Tombstones {

	static final Duration KEPT = Duration.ofDays(1);

	private static final int MAX_IDS = 1_000_000;

	/** With whether this instance ended them. */
	private final Cache<String, Boolean> ids;

	Tombstones(EngineCaches caches) {
		this.ids = caches.newBuilder().expireAfterWrite(KEPT).maximumSize(MAX_IDS).build();
	}

	/**
	 * Marks an id as ended by this instance.
	 * @param id the id
	 * @return whether it had not been marked before
	 */
	boolean add(String id) {
		return this.ids.asMap().put(id, Boolean.TRUE) == null;
	}

	/**
	 * Marks an id as ended, by somebody else or by its age.
	 * @param id the id
	 * @return whether it had not been marked before
	 */
	boolean learn(String id) {
		return this.ids.asMap().putIfAbsent(id, Boolean.FALSE) == null;
	}

	boolean contains(String id) {
		return this.ids.getIfPresent(id) != null;
	}

	/**
	 * Whether this instance ended an id.
	 * @param id the id
	 * @return whether it did
	 */
	boolean isOwn(String id) {
		return Boolean.TRUE.equals(this.ids.getIfPresent(id));
	}

}
