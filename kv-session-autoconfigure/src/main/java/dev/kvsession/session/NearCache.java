package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The sessions this instance has seen lately, the ones it has written itself, and the ids
 * it has just found to be absent. Safe for concurrent use.
 */
final class NearCache {

	/**
	 * For how long an own write outweighs what KV returns: KV's readers lag by 60 seconds
	 * or more (developers.cloudflare.com/kv, "How KV works", read 2026-11).
	 */
	static final Duration OWN_WRITES_KEPT = Duration.ofMinutes(2);

	/**
	 * How long an own write is merged with what KV returns: longer than second looks are
	 * taken at it, and shorter than removals are remembered in a record.
	 */
	private static final Duration MENDABLE_KEPT = Duration.ofMinutes(6);

	/**
	 * The share of the memory for sessions that own writes may occupy beyond it when they
	 * are older than {@link #OWN_WRITES_KEPT}, as a divisor.
	 */
	private static final int MENDABLE_SHARE = 2;

	/**
	 * How long an unused session is kept, so that its last access here is not forgotten.
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

	private static final int MAX_MISSES = 100_000;

	private static final int MAX_HANDED_OVER = 10_000;

	private final Cache<String, LiveSession> sessions;

	private final Cache<String, LiveSession> ownWrites;

	private final ConcurrentMap<String, LiveSession> held = new ConcurrentHashMap<>();

	private final Cache<String, LiveSession> mendable;

	private final Cache<String, LiveSession> handedOver;

	private final Cache<String, Boolean> misses;

	private final Cache<String, Boolean> unreadable;

	private final Cache<String, Boolean> reported;

	private final Lifetimes lifetimes;

	NearCache(EngineCaches caches, NearCacheSettings settings, Lifetimes lifetimes) {
		this.lifetimes = lifetimes;
		Duration kept = settings.enabled() ? IDLE_KEPT : NearCacheSettings.BRIEFLY;
		this.sessions = caches.newBuilder()
			.expireAfterAccess(kept)
			.maximumWeight(settings.maxWeight().toBytes())
			.weigher((String id, LiveSession session) -> session.snapshot().weight())
			.build();
		this.ownWrites = caches.newBuilder().expireAfterWrite(OWN_WRITES_KEPT).build();
		this.mendable = caches.newBuilder()
			.expireAfterWrite(MENDABLE_KEPT)
			.maximumWeight(settings.maxWeight().toBytes() / MENDABLE_SHARE)
			.weigher((String id, LiveSession session) -> session.snapshot().weight())
			.build();
		this.handedOver = caches.newBuilder().expireAfterWrite(OWN_WRITES_KEPT).maximumSize(MAX_HANDED_OVER).build();
		this.misses = caches.newBuilder().expireAfterWrite(MISSES_KEPT).maximumSize(MAX_MISSES).build();
		this.unreadable = caches.newBuilder().expireAfterWrite(settings.freshness()).maximumSize(MAX_MISSES).build();
		this.reported = caches.newBuilder().expireAfterWrite(REPORTED_KEPT).maximumSize(MAX_MISSES).build();
	}

	/**
	 * Returns what is known of a session, of whatever age.
	 * @param id the id
	 * @return the session, or {@code null}
	 */
	@Nullable LiveSession get(String id) {
		LiveSession session = this.sessions.getIfPresent(id);
		return (session != null) ? session : unevicted(id);
	}

	private @Nullable LiveSession unevicted(String id) {
		LiveSession session = this.held.get(id);
		return (session != null) ? session : kept(id);
	}

	private @Nullable LiveSession kept(String id) {
		LiveSession session = written(id);
		return (session != null) ? session : this.handedOver.getIfPresent(id);
	}

	private @Nullable LiveSession written(String id) {
		LiveSession session = this.ownWrites.getIfPresent(id);
		return (session != null) ? session : this.mendable.getIfPresent(id);
	}

	/**
	 * Remembers an own write for longer, because it could not be looked at again yet.
	 * @param id the id
	 * @return as for {@link #get}
	 */
	@Nullable LiveSession keep(String id) {
		LiveSession session = this.mendable.getIfPresent(id);
		if (session != null) {
			this.mendable.put(id, session);
		}
		return get(id);
	}

	/**
	 * Keeps a session whose changes wait to be written, whatever else is remembered, and
	 * shows it to all requests from now on, also if its entry had been evicted and read
	 * again.
	 * @param session the session
	 */
	void hold(LiveSession session) {
		this.misses.invalidate(session.id());
		this.held.put(session.id(), session);
		this.sessions.asMap().computeIfPresent(session.id(), (key, known) -> {
			session.adopt(known, this.lifetimes);
			return session;
		});
	}

	@Nullable LiveSession held(String id) {
		return this.held.get(id);
	}

	void release(String id) {
		this.held.remove(id);
	}

	/**
	 * Takes over a state read from KV.
	 * @param id the id
	 * @param read what KV returned
	 * @param nowMillis when it was returned
	 * @return the session, with the merge of both states if it was written here lately,
	 * else with the newer of them
	 */
	LiveSession offer(String id, Snapshot read, long nowMillis) {
		return this.sessions.asMap().compute(id, (key, known) -> {
			LiveSession written = written(id);
			LiveSession held = (known != null) ? known : unevicted(id);
			if (held == null) {
				return new LiveSession(id, read, nowMillis);
			}
			if (written != null) {
				held.merge(read, this.lifetimes, nowMillis);
			}
			else {
				held.offer(read, nowMillis);
			}
			return held;
		});
	}

	/**
	 * Takes over a state that KV has acknowledged.
	 * @param id the id
	 * @param written what was written
	 * @param nowMillis when it was acknowledged
	 * @return the session
	 */
	LiveSession written(String id, Snapshot written, long nowMillis) {
		LiveSession session = this.sessions.asMap().compute(id, (key, known) -> {
			LiveSession held = (known != null) ? known : unevicted(id);
			if (held == null) {
				return new LiveSession(id, written, nowMillis);
			}
			held.written(written, this.lifetimes, nowMillis);
			return held;
		});
		this.misses.invalidate(id);
		this.ownWrites.put(id, session);
		this.mendable.put(id, session);
		return session;
	}

	/**
	 * Takes over a state that another instance has handed over, and keeps it for as long
	 * as own writes, whatever becomes of its entry: KV may not show it yet.
	 * @param id the id
	 * @param told what was handed over; says nothing of what KV shows
	 * @param nowMillis when it arrived
	 * @return as for {@link #offer}
	 */
	LiveSession handedOver(String id, Snapshot told, long nowMillis) {
		LiveSession session = this.sessions.asMap().compute(id, (key, known) -> {
			LiveSession held = (known != null) ? known : unevicted(id);
			if (held == null) {
				return new LiveSession(id, told, nowMillis);
			}
			if (written(id) != null) {
				held.written(told, this.lifetimes, nowMillis);
			}
			else {
				held.offer(told, nowMillis);
			}
			return held;
		});
		this.misses.invalidate(id);
		this.unreadable.invalidate(id);
		this.handedOver.put(id, session);
		return session;
	}

	/**
	 * Whether this instance wrote the session within {@link #OWN_WRITES_KEPT}, by a time
	 * that no change of the clock moves, or holds its first record until KV takes it.
	 * @param id the id
	 * @return whether it did
	 */
	boolean isOwnWrite(String id) {
		LiveSession session = this.held.get(id);
		return this.ownWrites.getIfPresent(id) != null || (session != null && session.isUnwritten());
	}

	void remove(String id) {
		this.held.remove(id);
		this.sessions.invalidate(id);
		this.ownWrites.invalidate(id);
		this.mendable.invalidate(id);
		this.handedOver.invalidate(id);
	}

	void missed(String id) {
		remove(id);
		this.misses.put(id, Boolean.TRUE);
	}

	/**
	 * Takes a session whose record cannot be read for absent, for as long as one that can
	 * be read would be served from memory.
	 * @param id the id
	 * @return whether nobody has been told yet
	 */
	boolean unreadable(String id) {
		remove(id);
		this.unreadable.put(id, Boolean.TRUE);
		return this.reported.asMap().putIfAbsent(id, Boolean.TRUE) == null;
	}

	boolean isMissed(String id) {
		return this.misses.getIfPresent(id) != null || this.unreadable.getIfPresent(id) != null;
	}

}
