package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of which this instance knows more than KV shows: written here lately, waiting
 * to be written, or handed over by another instance. They stay, whatever else is evicted.
 * Safe for concurrent use.
 */
final class OwnWrites {

	/**
	 * For how long an own write outweighs what KV returns: KV's readers lag by 60 seconds
	 * or more (developers.cloudflare.com/kv, "How KV works", read 2026-11).
	 */
	static final Duration KEPT = Duration.ofMinutes(2);

	/**
	 * How long an own write is merged with what KV returns: longer than second looks are
	 * taken at it, and shorter than removals are remembered in a record.
	 */
	private static final Duration MENDABLE_KEPT = Duration.ofMinutes(6);

	/**
	 * The share of the memory for sessions that own writes may occupy beyond it when they
	 * are older than {@link #KEPT}, as a divisor.
	 */
	private static final int MENDABLE_SHARE = 2;

	private static final int MAX_HANDED_OVER = 10_000;

	private final ConcurrentMap<String, LiveSession> held = new ConcurrentHashMap<>();

	private final Cache<String, LiveSession> recent;

	private final Cache<String, LiveSession> mendable;

	private final Cache<String, LiveSession> handedOver;

	OwnWrites(EngineCaches caches, NearCacheSettings settings) {
		this.recent = caches.newBuilder().expireAfterWrite(KEPT).build();
		this.mendable = caches.newBuilder()
			.expireAfterWrite(MENDABLE_KEPT)
			.maximumWeight(settings.maxWeight().toBytes() / MENDABLE_SHARE)
			.weigher((String id, LiveSession session) -> session.snapshot().weight())
			.build();
		this.handedOver = caches.newBuilder().expireAfterWrite(KEPT).maximumSize(MAX_HANDED_OVER).build();
	}

	/**
	 * Returns a session that is kept for any of the reasons.
	 * @param id the id
	 * @return the session, or {@code null}
	 */
	@Nullable LiveSession get(String id) {
		LiveSession session = this.held.get(id);
		if (session == null) {
			session = written(id);
		}
		return (session != null) ? session : this.handedOver.getIfPresent(id);
	}

	/**
	 * Returns a session that was written here, lately enough to be merged with what KV
	 * returns.
	 * @param id the id
	 * @return the session, or {@code null}
	 */
	@Nullable LiveSession written(String id) {
		LiveSession session = this.recent.getIfPresent(id);
		return (session != null) ? session : this.mendable.getIfPresent(id);
	}

	void addWritten(LiveSession session) {
		this.recent.put(session.id(), session);
		this.mendable.put(session.id(), session);
	}

	void addHandedOver(LiveSession session) {
		this.handedOver.put(session.id(), session);
	}

	/**
	 * Remembers an own write for longer, because it could not be looked at again yet. One
	 * that is removed meanwhile stays removed.
	 * @param id the id
	 */
	void prolong(String id) {
		this.mendable.asMap().computeIfPresent(id, (key, session) -> session);
	}

	void hold(LiveSession session) {
		this.held.put(session.id(), session);
	}

	@Nullable LiveSession held(String id) {
		return this.held.get(id);
	}

	void release(String id) {
		this.held.remove(id);
	}

	/**
	 * Whether this instance wrote the session within {@link #KEPT}, by a time that no
	 * change of the clock moves, or holds its first record until KV takes it.
	 * @param id the id
	 * @return whether it did
	 */
	boolean isRecent(String id) {
		LiveSession session = this.held.get(id);
		return this.recent.getIfPresent(id) != null || (session != null && session.isUnwritten());
	}

	void remove(String id) {
		this.held.remove(id);
		this.recent.invalidate(id);
		this.mendable.invalidate(id);
		this.handedOver.invalidate(id);
	}

}
