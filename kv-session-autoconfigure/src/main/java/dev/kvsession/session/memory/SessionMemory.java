package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.TouchPolicy;
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

	/** Longer than a request takes, and than most outages. */
	private static final Duration UNSAVED_KEPT = Duration.ofHours(4);

	/**
	 * Longer than an instance that knows only the old id may go on with it: the near
	 * cache's greatest staleness by default, KV's lag, and the looks after a write.
	 */
	private static final Duration CHANGES_KEPT = Duration.ofMinutes(10);

	/** More changes of ids in ten minutes than the REST API's budget allows. */
	private static final int MAX_IDS = 100_000;

	/** Of one session. Each costs a key in each look at it, of the 100 in a bulk read. */
	private static final int MAX_PREDECESSORS = 20;

	/** Longer than the requests of a page that were sent with the id before. */
	private static final Duration RENEWALS_KEPT = Duration.ofMinutes(1);

	/** Some megabytes. */
	private static final int MAX_FAILED = 10_000;

	private final NearCache sessions;

	/** With whether this instance ended them. */
	private final Cache<String, Boolean> ended;

	private final Cache<String, Boolean> expired;

	/** Ids made here of which nothing was sent, with the ids that they are to replace. */
	private final Cache<String, Optional<String>> unsaved;

	private final Cache<String, String> successors;

	private final Cache<String, List<String>> predecessors;

	/**
	 * By the old id, the one that it was changed to because it did not fit the settings.
	 */
	private final Cache<String, String> renewals;

	private final Cache<String, FailedWrite> failedWrites;

	private final TouchPolicy touches;

	private final Lifetimes lifetimes;

	private volatile Consumer<LiveSession> watcher = (session) -> {
	};

	private volatile Consumer<LiveSession> learntEnds = (session) -> {
	};

	public SessionMemory(EngineCaches caches, SessionSettings settings, TouchPolicy touches) {
		Cache<String, Boolean> ends = caches.ofIds(ENDS_KEPT, MAX_ENDS);
		this.ended = ends;
		this.lifetimes = Lifetimes.of(settings);
		this.sessions = new NearCache(caches, settings.nearCache, this.lifetimes,
				(id) -> ends.getIfPresent(id) != null);
		this.expired = caches.ofIds(ENDS_KEPT, MAX_ENDS);
		this.unsaved = caches.ofIds(UNSAVED_KEPT, MAX_IDS);
		this.successors = caches.ofIds(CHANGES_KEPT, MAX_IDS);
		this.predecessors = caches.ofIds(CHANGES_KEPT, MAX_IDS);
		this.renewals = caches.ofIds(RENEWALS_KEPT, MAX_IDS);
		this.failedWrites = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_FAILED);
		this.touches = touches;
	}

	/**
	 * Sets listeners: for sessions just read or written, and for those in memory that
	 * turned out to have ended, elsewhere or by their age.
	 */
	public void watchWith(Consumer<LiveSession> known, Consumer<LiveSession> learntEnds) {
		this.watcher = known;
		this.learntEnds = learntEnds;
	}

	/** Notes that a session has turned out to have ended; {@code null} is none. */
	public void learntEnd(@Nullable LiveSession session) {
		if (session != null) {
			this.learntEnds.accept(session);
		}
	}

	public NearCache sessions() {
		return this.sessions;
	}

	/** Notes an id made here, so that ending it costs no call while nothing was sent. */
	public void addUnsaved(String id, @Nullable String replaced) {
		this.unsaved.put(id, Optional.ofNullable(replaced));
	}

	/** Notes that something is about to be sent or handed off. */
	public void sent(String id) {
		this.unsaved.invalidate(id);
	}

	/** Whether neither KV nor another instance can know an id. */
	public boolean isUnsaved(String id) {
		return this.unsaved.getIfPresent(id) != null;
	}

	/**
	 * Returns the id that an unsaved one is to replace, or {@code null}: the session is
	 * ended under the id that KV knows.
	 */
	public @Nullable String idBefore(String newId) {
		Optional<String> replaced = this.unsaved.getIfPresent(newId);
		return (replaced != null) ? replaced.orElse(null) : null;
	}

	/** Notes a change of id: an end of the old id ends the session under its new id. */
	public void changedId(String before, String after) {
		List<String> all = new ArrayList<>(List.of(before));
		all.addAll(predecessors(before));
		this.predecessors.put(after, List.copyOf(all.subList(0, Math.min(all.size(), MAX_PREDECESSORS))));
		this.successors.put(before, after);
	}

	/** Returns the ids that a session had before, the latest first, as far as known. */
	public List<String> predecessors(String id) {
		List<String> known = this.predecessors.getIfPresent(id);
		return (known != null) ? known : List.of();
	}

	/** Remembers them for longer, because KV could not be asked for them yet. */
	public void keepPredecessors(String id) {
		this.predecessors.asMap().computeIfPresent(id, (key, before) -> before);
	}

	/** Returns the id that a session was given here lately, or {@code null}. */
	public @Nullable String successor(String id) {
		return this.successors.getIfPresent(id);
	}

	/** Notes that a request changes an id for its form; returns whether no other does. */
	public boolean renew(String id, String next) {
		return this.renewals.asMap().putIfAbsent(id, next) == null;
	}

	/**
	 * Returns the session whose id has just been changed for its form, or {@code null}:
	 * requests that were sent before with the old id go on with it. Not if the id was
	 * changed by a login: who knows the old one must not get into the login's session.
	 */
	public @Nullable LiveSession renewed(String id) {
		String next = this.renewals.asMap().isEmpty() ? null : this.renewals.getIfPresent(id);
		boolean renewed = next != null && isEndedHere(id) && next.equals(successor(id));
		return (next != null && renewed && !isEnded(next)) ? this.sessions.get(next) : null;
	}

	/**
	 * Notes a write of unknown outcome. Readers of KV may see it two minutes later, so a
	 * value equal to the known one may still be a change.
	 */
	public void writeFailed(String id, SessionChange change) {
		this.failedWrites.asMap()
			.merge(id, new FailedWrite(Set.copyOf(change.attributes().keySet()), change.interval() != null),
					FailedWrite::and);
	}

	public void writeAcknowledged(String id) {
		this.failedWrites.invalidate(id);
	}

	public @Nullable FailedWrite failedWrite(String id) {
		return this.failedWrites.getIfPresent(id);
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
		learntEnd(this.sessions.remove(id));
	}

	/** Takes an id for absent, because KV has no record of it. */
	public void absent(String id) {
		learntEnd(this.sessions.markAbsent(id));
	}

	/**
	 * Forgets an expired session, without a tombstone: another instance may have
	 * prolonged it. Returns whether it was found expired for the first time; KV may
	 * return the record for a while.
	 */
	public boolean expire(String id) {
		this.sessions.markAbsent(id);
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
		return this.sessions.get(id) == null && !isEnded(id) && !this.sessions.isKnownAbsent(id);
	}

	// Of an id that ended here, SessionEnds writes the gone marker.
	public boolean isEndedElsewhere(String id) {
		return isEnded(id) && !isEndedHere(id);
	}

	/** Decides when the next touch of a session, just read or written, is due. */
	public void scheduleTouch(LiveSession session) {
		session.touchDueAt(this.touches.dueAt(session.snapshot().record(), this.lifetimes));
		this.watcher.accept(session);
	}

	/** What writes of unknown outcome were to change. */
	public record FailedWrite(Set<String> attributes, boolean interval) {

		private FailedWrite and(FailedWrite other) {
			Set<String> all = new HashSet<>(this.attributes);
			all.addAll(other.attributes);
			return new FailedWrite(all, this.interval || other.interval);
		}

		@Override
		public String toString() {
			return "FailedWrite[" + this.attributes.size() + " attributes]";
		}

	}

}
