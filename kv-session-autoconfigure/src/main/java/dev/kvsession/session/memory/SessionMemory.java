package dev.kvsession.session.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;

import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.TouchPolicy;
import dev.kvsession.session.settings.EngineOptions;
import dev.kvsession.session.settings.SessionExpiration;

/**
 * What this instance remembers beside what KV holds: sessions seen lately, own writes,
 * and ids that ended here. Safe for concurrent use.
 */
public final class SessionMemory {

	/** Long after KV has forgotten the record. */
	private static final Duration ENDS_KEPT = Duration.ofDays(1);

	/** More logouts in a day than the REST API lets one token write. */
	private static final int MAX_ENDS = 1_000_000;

	private final NearCache sessions;

	/** With whether this instance ended them. */
	private final Cache<String, Boolean> ended;

	private final Cache<String, Boolean> expired;

	private final UnsavedIds unsaved;

	private final Successors successors;

	private final FailedWrites failedWrites;

	private final TouchPolicy touches;

	private final SessionExpiration expiration;

	private volatile Consumer<LiveSession> watcher = (session) -> {
	};

	private volatile Consumer<LiveSession> lapsed = (session) -> {
	};

	public SessionMemory(EngineCaches caches, EngineOptions options, TouchPolicy touches) {
		Cache<String, Boolean> ends = caches.ofIds(ENDS_KEPT, MAX_ENDS);
		this.ended = ends;
		this.sessions = new NearCache(caches, options.nearCache, new Lifetimes(options.expiration, options.maxLifetime),
				(id) -> ends.getIfPresent(id) != null);
		this.expired = caches.ofIds(ENDS_KEPT, MAX_ENDS);
		this.unsaved = new UnsavedIds(caches);
		this.successors = new Successors(caches);
		this.failedWrites = new FailedWrites(caches);
		this.touches = touches;
		this.expiration = options.expiration;
	}

	/**
	 * Has somebody told of each session that was just read or written, and of each that
	 * expired before its changes could be written.
	 * @param known is told of the former
	 * @param expired is told of the latter
	 */
	public void watchWith(Consumer<LiveSession> known, Consumer<LiveSession> expired) {
		this.watcher = known;
		this.lapsed = expired;
	}

	public void lapsed(LiveSession session) {
		this.lapsed.accept(session);
	}

	public NearCache sessions() {
		return this.sessions;
	}

	public UnsavedIds unsaved() {
		return this.unsaved;
	}

	public Successors successors() {
		return this.successors;
	}

	public FailedWrites failedWrites() {
		return this.failedWrites;
	}

	/**
	 * Remembers that this instance ended an id, and forgets its session.
	 * @param id the id
	 * @return whether it had not ended before
	 */
	public boolean end(String id) {
		boolean first = this.ended.asMap().put(id, Boolean.TRUE) == null;
		this.sessions.remove(id);
		return first;
	}

	/**
	 * Remembers that an id was found to have ended, and forgets its session.
	 * @param id the id
	 */
	public void endedElsewhere(String id) {
		this.ended.asMap().putIfAbsent(id, Boolean.FALSE);
		this.sessions.remove(id);
	}

	/**
	 * Forgets a session that was found expired. Its id is not ended: another instance may
	 * have prolonged the session without KV showing it yet.
	 * @param id the id
	 * @return whether it was found expired for the first time, though KV may go on
	 * returning the record for a while
	 */
	public boolean expire(String id) {
		this.sessions.missed(id);
		return this.expired.asMap().putIfAbsent(id, Boolean.TRUE) == null;
	}

	public boolean isEnded(String id) {
		// mutant: tombstone
		return this.ended.getIfPresent(id) != null;
	}

	/**
	 * Whether this instance ended an id, so that not even a request that has found its
	 * session before may go on with it.
	 * @param id the id
	 * @return whether it did
	 */
	public boolean isEndedHere(String id) {
		return Boolean.TRUE.equals(this.ended.getIfPresent(id));
	}

	/**
	 * Whether only KV can tell whether there is a session of an id.
	 * @param id the id
	 * @return whether nothing is known of it here
	 */
	public boolean isUnknown(String id) {
		return this.sessions.get(id) == null && !isEnded(id) && !this.sessions.isMissed(id);
	}

	// What ends here is told to KV by who ends it.
	public boolean isEndedElsewhere(String id) {
		return isEnded(id) && !isEndedHere(id);
	}

	/**
	 * Decides when a session is due to be written for being used only. Use does not
	 * prolong a fixed session, so there is nothing to write.
	 * @param session the session, just read or written
	 */
	public void scheduleTouch(LiveSession session) {
		Instant known = session.snapshot().record().lastAccessedAt();
		session.touchDueAt((this.expiration == SessionExpiration.FIXED) ? Long.MAX_VALUE
				: this.touches.dueAt(known, session.snapshot().record().maxInactiveInterval()));
		this.watcher.accept(session);
	}

}
