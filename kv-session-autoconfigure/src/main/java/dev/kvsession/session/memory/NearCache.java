package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * The known sessions, the pinned ones (with pending changes, written here lately, or
 * adopted), and ids that were just found absent. Pending ones are never evicted. Written
 * ones stay nine minutes, as far as half the near cache's memory reaches; the stamp of
 * each write stays two minutes besides, so that an older answer is not believed even if
 * the session was evicted. Safe for concurrent use.
 */
public final class NearCache {

	/**
	 * How long an unused session is kept at least, so that its last access here is not
	 * forgotten.
	 */
	private static final Duration IDLE_KEPT = Duration.ofHours(4);

	/**
	 * For how long an absent id is not read again: the reads of one request and its error
	 * page.
	 */
	private static final Duration MISSES_KEPT = Duration.ofSeconds(2);

	/** For how long the same unreadable session is not reported again. */
	private static final Duration REPORTED_KEPT = Duration.ofDays(1);

	/**
	 * More than the REST API's budget allows in {@link #MISSES_KEPT}; bounds a flood of
	 * forged ids to some megabytes.
	 */
	private static final int MAX_ABSENT = 10_000;

	/**
	 * How long a write is merged with what KV returns: longer than second looks come, and
	 * shorter than removals are remembered in a record.
	 */
	private static final Duration WRITTEN_KEPT = Duration.ofMinutes(9);

	/** The memory of written sessions, as a divisor of the near cache's. */
	private static final int WRITTEN_SHARE = 2;

	/**
	 * More sessions than 1,600 logins a second write in two minutes; at most some 40 MB.
	 */
	private static final int MAX_STAMPS = 200_000;

	private static final int MAX_ADOPTED = 10_000;

	private final Cache<String, LiveSession> sessions;

	private final ConcurrentMap<String, LiveSession> pending = new ConcurrentHashMap<>();

	private final Cache<String, LiveSession> written;

	private final Cache<String, Stamp> acknowledgedStamps;

	private final Cache<String, LiveSession> adopted;

	private final Cache<String, Boolean> misses;

	private final Cache<String, Boolean> unreadable;

	private final Cache<String, Boolean> reported;

	private final Lifetimes lifetimes;

	private final Predicate<String> ended;

	/**
	 * {@code ended} is asked before anything is taken over, so that an ended id does not
	 * come back.
	 */
	NearCache(EngineCaches caches, NearCacheSettings settings, Lifetimes lifetimes, Predicate<String> ended) {
		this.lifetimes = lifetimes;
		this.ended = ended;
		Duration kept = settings.enabled() ? longer(IDLE_KEPT, settings.staleIfError()) : NearCacheSettings.BRIEFLY;
		this.sessions = caches.newBuilder()
			.expireAfterAccess(kept)
			.maximumWeight(settings.maxWeight().toBytes())
			.weigher((String id, LiveSession session) -> session.snapshot().weight())
			.build();
		this.written = caches.newBuilder()
			.expireAfterWrite(WRITTEN_KEPT)
			.maximumWeight(settings.maxWeight().toBytes() / WRITTEN_SHARE)
			.weigher((String id, LiveSession session) -> session.snapshot().weight())
			.build();
		this.acknowledgedStamps = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_STAMPS);
		this.adopted = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_ADOPTED);
		this.misses = caches.ofIds(MISSES_KEPT, MAX_ABSENT);
		this.unreadable = caches.ofIds(settings.freshness(), MAX_ABSENT);
		this.reported = caches.ofIds(REPORTED_KEPT, MAX_ABSENT);
	}

	private static Duration longer(Duration a, Duration b) {
		return (a.compareTo(b) > 0) ? a : b;
	}

	/** Returns a known session of any age, never one that ended here, or {@code null}. */
	public @Nullable LiveSession get(String id) {
		LiveSession session = this.sessions.getIfPresent(id);
		return (session != null) ? session : pinned(id);
	}

	/** A live view of the known sessions. Reading it does not keep them longer. */
	public Collection<LiveSession> all() {
		return this.sessions.asMap().values();
	}

	/**
	 * The known sessions, also those that are not cached but pinned; of one session the
	 * cached object comes last. Reading them does not keep them longer.
	 */
	public Stream<LiveSession> known() {
		return Stream.of(this.adopted.asMap(), this.written.asMap(), this.pending, this.sessions.asMap())
			.flatMap((sessions) -> sessions.values().stream())
			.distinct();
	}

	/** Pins our own write for longer, because it could not be looked at again yet. */
	public @Nullable LiveSession keep(String id) {
		this.written.asMap().computeIfPresent(id, (key, session) -> session);
		return get(id);
	}

	/** Notes that KV's state of a session is unknown: it is read before it is used. */
	public void doubt(String id) {
		LiveSession session = get(id);
		if (session != null) {
			session.freshness().doubt();
		}
	}

	/**
	 * Pins a session with pending changes and makes it the cached one, also if its entry
	 * had been evicted and read again.
	 */
	public void hold(LiveSession session) {
		this.misses.invalidate(session.id());
		LiveSession remembered = get(session.id());
		if (remembered != null) {
			session.mergeFrom(remembered, this.lifetimes);
		}
		this.pending.put(session.id(), session);
		if (this.ended.test(session.id())) {
			this.pending.remove(session.id());
			return;
		}
		this.sessions.asMap().computeIfPresent(session.id(), (id, known) -> {
			session.mergeFrom(known, this.lifetimes);
			return session;
		});
	}

	public @Nullable LiveSession held(String id) {
		return this.pending.get(id);
	}

	public void release(String id) {
		this.pending.remove(id);
	}

	/**
	 * Takes over a state read from KV: merged if the session was written here lately,
	 * else the newer one. An ended id is not kept. Throws if this instance wrote a later
	 * state a moment ago and has forgotten it.
	 */
	public LiveSession offer(String id, Snapshot read, long nowMillis) {
		LiveSession taken = this.sessions.asMap().compute(id, (key, known) -> offered(key, known, read, nowMillis));
		return (taken != null) ? taken : new LiveSession(id, read, nowMillis);
	}

	private @Nullable LiveSession offered(String id, @Nullable LiveSession known, Snapshot read, long nowMillis) {
		if (this.ended.test(id)) {
			return null;
		}
		LiveSession held = (known != null) ? known : pinned(id);
		checkNotForgotten(id, held, read);
		if (held == null) {
			return confirmed(new LiveSession(id, read, nowMillis), nowMillis);
		}
		if (this.written.getIfPresent(id) != null) {
			held.merge(read, this.lifetimes, nowMillis);
		}
		else {
			held.offer(read, nowMillis);
		}
		return held;
	}

	private static LiveSession confirmed(LiveSession session, long nowMillis) {
		session.freshness().confirmed(nowMillis);
		return session;
	}

	/*
	 * A state older than a forgotten write of ours must neither be shown nor written
	 * upon.
	 */
	private void checkNotForgotten(String id, @Nullable LiveSession held, Snapshot adopted) {
		if ((held == null || isOutdated(held)) && isLater(id, adopted)) {
			throw UnseenSessionException.forgotten(id);
		}
	}

	/** Takes over an acknowledged state. */
	public LiveSession written(String id, Snapshot written, long nowMillis) {
		LiveSession taken = this.sessions.asMap()
			.compute(id, (key, known) -> acknowledged(key, known, written, nowMillis));
		this.misses.invalidate(id);
		return (taken != null) ? taken : new LiveSession(id, written, nowMillis);
	}

	/* Pinned before anybody can end the id: what is pinned later would stay. */
	private @Nullable LiveSession acknowledged(String id, @Nullable LiveSession known, Snapshot written,
			long nowMillis) {
		if (this.ended.test(id)) {
			return null;
		}
		LiveSession held = (known != null) ? known : pinned(id);
		if (held != null) {
			held.written(written, this.lifetimes, nowMillis);
		}
		LiveSession session = (held != null) ? held : confirmed(new LiveSession(id, written, nowMillis), nowMillis);
		this.acknowledgedStamps.put(id, written.contentStamp());
		this.written.put(id, session);
		return session;
	}

	/**
	 * Takes over a state from a handoff and pins it for two minutes: KV may not show it
	 * yet.
	 */
	public LiveSession adopt(String id, Snapshot adopted, long nowMillis) {
		LiveSession taken = this.sessions.asMap().compute(id, (key, known) -> adopt(key, known, adopted, nowMillis));
		this.misses.invalidate(id);
		this.unreadable.invalidate(id);
		return (taken != null) ? taken : new LiveSession(id, adopted, nowMillis);
	}

	private @Nullable LiveSession adopt(String id, @Nullable LiveSession known, Snapshot adopted, long nowMillis) {
		if (this.ended.test(id)) {
			return null;
		}
		LiveSession held = (known != null) ? known : pinned(id);
		checkNotForgotten(id, held, adopted);
		LiveSession session = (held != null) ? held : new LiveSession(id, adopted, nowMillis);
		session.adopt(adopted, this.lifetimes, nowMillis);
		this.adopted.put(id, session);
		return session;
	}

	/**
	 * Whether this instance wrote the session within
	 * {@link Lifetimes#LONGEST_READER_LAG}, whatever the clock, or its first record is
	 * pending.
	 */
	public boolean isOwnWrite(String id) {
		LiveSession session = this.pending.get(id);
		return this.acknowledgedStamps.getIfPresent(id) != null || (session != null && session.isUnwritten());
	}

	private boolean isLater(String id, Snapshot shown) {
		Stamp acknowledged = this.acknowledgedStamps.getIfPresent(id);
		return acknowledged != null && acknowledged.compareTo(shown.contentStamp()) > 0;
	}

	private @Nullable LiveSession pinned(String id) {
		LiveSession session = this.pending.get(id);
		if (session == null) {
			session = this.written.getIfPresent(id);
		}
		return (session != null) ? session : this.adopted.getIfPresent(id);
	}

	/** Whether this instance wrote a later state a moment ago than this one. */
	public boolean isOutdated(LiveSession live) {
		return isLater(live.id(), live.snapshot());
	}

	/**
	 * Forgets a session. Returns what was known of it, to one of those who forget it at
	 * the same time, or {@code null}.
	 */
	public @Nullable LiveSession remove(String id) {
		@Nullable LiveSession[] removed = new LiveSession[1];
		this.sessions.asMap().compute(id, (key, known) -> {
			removed[0] = (known != null) ? known : pinned(id);
			this.pending.remove(id);
			this.acknowledgedStamps.invalidate(id);
			this.written.invalidate(id);
			this.adopted.invalidate(id);
			return null;
		});
		return removed[0];
	}

	/** Forgets a session as {@link #remove} does, and takes its id for absent. */
	@Nullable LiveSession markAbsent(String id) {
		LiveSession known = remove(id);
		this.misses.put(id, Boolean.TRUE);
		return known;
	}

	/**
	 * Takes an unreadable session for absent, as long as a readable one would be served
	 * from memory. Returns whether it has not been reported yet.
	 */
	public boolean unreadable(String id) {
		remove(id);
		this.unreadable.put(id, Boolean.TRUE);
		return this.reported.asMap().putIfAbsent(id, Boolean.TRUE) == null;
	}

	/** Whether an id was found absent or unreadable a moment ago. */
	public boolean isKnownAbsent(String id) {
		return this.misses.getIfPresent(id) != null || this.unreadable.getIfPresent(id) != null;
	}

}
