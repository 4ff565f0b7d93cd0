package dev.kvsession.session.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;

import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.TouchPolicy;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.session.settings.SessionSettings;

/**
 * What this instance remembers beside what KV has: near cache, tombstones, and notes by
 * id. Safe for concurrent use.
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

	public SessionMemory(EngineCaches caches, SessionSettings settings, TouchPolicy touches) {
		Cache<String, Boolean> ends = caches.ofIds(ENDS_KEPT, MAX_ENDS);
		this.ended = ends;
		this.sessions = new NearCache(caches, settings.nearCache,
				new Lifetimes(settings.expiration, settings.maxLifetime), (id) -> ends.getIfPresent(id) != null);
		this.expired = caches.ofIds(ENDS_KEPT, MAX_ENDS);
		this.unsaved = new UnsavedIds(caches);
		this.successors = new Successors(caches);
		this.failedWrites = new FailedWrites(caches);
		this.touches = touches;
		this.expiration = settings.expiration;
	}

	/**
	 * Sets listeners: for sessions just read or written, and for those that expired with
	 * pending changes.
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
	 * Remembers a tombstone for an end here; returns whether the id had not ended before.
	 */
	public boolean end(String id) {
		boolean first = this.ended.asMap().put(id, Boolean.TRUE) == null;
		this.sessions.remove(id);
		return first;
	}

	/** Remembers a tombstone for an end found elsewhere. */
	public void endedElsewhere(String id) {
		this.ended.asMap().putIfAbsent(id, Boolean.FALSE);
		this.sessions.remove(id);
	}

	/**
	 * Forgets an expired session, without a tombstone: another instance may have
	 * prolonged it. Returns whether it was found expired for the first time; KV may
	 * return the record for a while.
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
	 * session before may go on.
	 */
	public boolean isEndedHere(String id) {
		return Boolean.TRUE.equals(this.ended.getIfPresent(id));
	}

	/** Whether only KV can tell if an id has a session. */
	public boolean isUnknown(String id) {
		return this.sessions.get(id) == null && !isEnded(id) && !this.sessions.isMissed(id);
	}

	// What ends here is told to KV by who ends it.
	public boolean isEndedElsewhere(String id) {
		return isEnded(id) && !isEndedHere(id);
	}

	/**
	 * Decides when the next touch of a session, just read or written, is due. Use does
	 * not prolong a fixed session, so it has none.
	 */
	public void scheduleTouch(LiveSession session) {
		Instant known = session.snapshot().record().lastAccessedAt();
		session.touchDueAt((this.expiration == SessionExpiration.FIXED) ? Long.MAX_VALUE
				: this.touches.dueAt(known, session.snapshot().record().maxInactiveInterval()));
		this.watcher.accept(session);
	}

}
