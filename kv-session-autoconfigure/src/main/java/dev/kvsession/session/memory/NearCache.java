package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * The sessions this instance has seen lately, the ones it has written itself, and the ids
 * it has just found to be absent. Safe for concurrent use.
 */
public final class NearCache {

	/**
	 * How long an unused session is kept at least, so that its last access here is not
	 * forgotten.
	 */
	private static final Duration IDLE_KEPT = Duration.ofHours(4);

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
	private static final int MAX_ABSENT = 10_000;

	private final Cache<String, LiveSession> sessions;

	private final OwnWrites own;

	private final Cache<String, Boolean> misses;

	private final Cache<String, Boolean> unreadable;

	private final Cache<String, Boolean> reported;

	private final Lifetimes lifetimes;

	private final Predicate<String> ended;

	/**
	 * Creates the cache.
	 * @param caches makes caches
	 * @param settings their bounds
	 * @param lifetimes decide the end of merged states
	 * @param ended whether an id has ended here; asked before anything is taken over, so
	 * that what is removed after an id has ended does not come back
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
		this.own = new OwnWrites(caches, settings);
		this.misses = caches.ofIds(MISSES_KEPT, MAX_ABSENT);
		this.unreadable = caches.ofIds(settings.freshness(), MAX_ABSENT);
		this.reported = caches.ofIds(REPORTED_KEPT, MAX_ABSENT);
	}

	private static Duration longer(Duration a, Duration b) {
		return (a.compareTo(b) > 0) ? a : b;
	}

	/**
	 * Returns what is known of a session, of whatever age. Never one of an id that ended
	 * here.
	 * @param id the id
	 * @return the session, or {@code null}
	 */
	public @Nullable LiveSession get(String id) {
		LiveSession session = this.sessions.getIfPresent(id);
		return (session != null) ? session : this.own.get(id);
	}

	/**
	 * Lists the sessions that are kept. Looking at them does not keep them longer.
	 * @return a view that may change
	 */
	public Collection<LiveSession> all() {
		return this.sessions.asMap().values();
	}

	/**
	 * Remembers an own write for longer, because it could not be looked at again yet.
	 * @param id the id
	 * @return as for {@link #get}
	 */
	public @Nullable LiveSession keep(String id) {
		this.own.prolong(id);
		return get(id);
	}

	/**
	 * Notes that nobody knows what KV holds of a session: it is read before it is used.
	 * @param id the id
	 */
	public void doubt(String id) {
		LiveSession session = get(id);
		if (session != null) {
			session.freshness().doubt();
		}
	}

	/**
	 * Keeps a session whose changes wait to be written, whatever else is remembered, and
	 * shows it to all requests from now on, also if its entry had been evicted and read
	 * again.
	 * @param session the session
	 */
	public void hold(LiveSession session) {
		this.misses.invalidate(session.id());
		LiveSession remembered = get(session.id());
		if (remembered != null) {
			session.adopt(remembered, this.lifetimes);
		}
		this.own.hold(session);
		if (this.ended.test(session.id())) {
			this.own.release(session.id());
			return;
		}
		this.sessions.asMap().computeIfPresent(session.id(), (id, known) -> {
			session.adopt(known, this.lifetimes);
			return session;
		});
	}

	public @Nullable LiveSession held(String id) {
		return this.own.held(id);
	}

	public void release(String id) {
		this.own.release(id);
	}

	/**
	 * Takes over a state read from KV.
	 * @param id the id
	 * @param read what KV returned
	 * @param nowMillis when it was returned
	 * @return the session, with the merge of both states if it was written here lately,
	 * else with the newer of them; it is not kept if its id has ended
	 * @throws UnseenSessionException if this instance wrote a later state a moment ago
	 * and does not hold it any more
	 */
	public LiveSession offer(String id, Snapshot read, long nowMillis) {
		LiveSession taken = this.sessions.asMap().compute(id, (key, known) -> offered(key, known, read, nowMillis));
		return (taken != null) ? taken : new LiveSession(id, read, nowMillis);
	}

	private @Nullable LiveSession offered(String id, @Nullable LiveSession known, Snapshot read, long nowMillis) {
		if (this.ended.test(id)) {
			return null;
		}
		LiveSession held = (known != null) ? known : this.own.get(id);
		checkNotForgotten(id, held, read);
		if (held == null) {
			return confirmed(new LiveSession(id, read, nowMillis), nowMillis);
		}
		if (this.own.written(id) != null) {
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
	 * A state older than one that was written here and forgotten for lack of memory must
	 * neither be shown nor written upon.
	 */
	private void checkNotForgotten(String id, @Nullable LiveSession held, Snapshot told) {
		if ((held == null || isOutdated(held)) && this.own.isLater(id, told)) {
			throw UnseenSessionException.forgotten(id);
		}
	}

	/**
	 * Takes over a state that KV has acknowledged.
	 * @param id the id
	 * @param written what was written
	 * @param nowMillis when it was acknowledged
	 * @return as for {@link #offer}
	 */
	public LiveSession written(String id, Snapshot written, long nowMillis) {
		LiveSession taken = this.sessions.asMap()
			.compute(id, (key, known) -> acknowledged(key, known, written, nowMillis));
		this.misses.invalidate(id);
		return (taken != null) ? taken : new LiveSession(id, written, nowMillis);
	}

	/*
	 * Kept as an own write before anybody can end the id: what is kept later would stay.
	 */
	private @Nullable LiveSession acknowledged(String id, @Nullable LiveSession known, Snapshot written,
			long nowMillis) {
		if (this.ended.test(id)) {
			return null;
		}
		LiveSession held = (known != null) ? known : this.own.get(id);
		if (held != null) {
			held.written(written, this.lifetimes, nowMillis);
		}
		LiveSession session = (held != null) ? held : confirmed(new LiveSession(id, written, nowMillis), nowMillis);
		this.own.addWritten(session, written);
		return session;
	}

	/**
	 * Takes over a state that another instance has handed over, and keeps it for two
	 * minutes, whatever becomes of its entry: KV may not show it yet.
	 * @param id the id
	 * @param told what was handed over; says nothing of what KV shows
	 * @param nowMillis when it arrived
	 * @return as for {@link #offer}
	 */
	public LiveSession handedOver(String id, Snapshot told, long nowMillis) {
		LiveSession taken = this.sessions.asMap().compute(id, (key, known) -> handedOver(key, known, told, nowMillis));
		this.misses.invalidate(id);
		this.unreadable.invalidate(id);
		return (taken != null) ? taken : new LiveSession(id, told, nowMillis);
	}

	private @Nullable LiveSession handedOver(String id, @Nullable LiveSession known, Snapshot told, long nowMillis) {
		if (this.ended.test(id)) {
			return null;
		}
		LiveSession held = (known != null) ? known : this.own.get(id);
		checkNotForgotten(id, held, told);
		LiveSession session = (held != null) ? held : new LiveSession(id, told, nowMillis);
		session.handedOver(told, this.lifetimes, nowMillis);
		this.own.addHandedOver(session);
		return session;
	}

	public boolean isOwnWrite(String id) {
		return this.own.isRecent(id);
	}

	/**
	 * Whether this instance wrote a later state of a session a moment ago than is held.
	 * @param live what is held of it
	 * @return whether it did
	 */
	public boolean isOutdated(LiveSession live) {
		return this.own.isLater(live.id(), live.snapshot());
	}

	public void remove(String id) {
		this.sessions.invalidate(id);
		this.own.remove(id);
	}

	public void missed(String id) {
		remove(id);
		this.misses.put(id, Boolean.TRUE);
	}

	/**
	 * Takes a session whose record cannot be read for absent, for as long as one that can
	 * be read would be served from memory.
	 * @param id the id
	 * @return whether nobody has been told yet
	 */
	public boolean unreadable(String id) {
		remove(id);
		this.unreadable.put(id, Boolean.TRUE);
		return this.reported.asMap().putIfAbsent(id, Boolean.TRUE) == null;
	}

	/**
	 * Whether an id was found to have no session, or none that can be read, a moment ago.
	 * @param id the id
	 * @return whether it was
	 */
	public boolean isMissed(String id) {
		return this.misses.getIfPresent(id) != null || this.unreadable.getIfPresent(id) != null;
	}

}
