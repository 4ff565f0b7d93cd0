package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * Sessions of which this instance knows more than KV shows: written here lately, waiting
 * to be written, or handed over by another instance. Those that wait stay, whatever else
 * is evicted. What was written is held for nine minutes, as far as half the near cache's
 * memory reaches. Of every write the newest content stamp is held for two minutes
 * besides, so that an older answer is not believed even if the session was evicted. Safe
 * for concurrent use.
 */
final class OwnWrites {

	/**
	 * How long an own write is merged with what KV returns: longer than second looks are
	 * taken at it, and shorter than removals are remembered in a record.
	 */
	private static final Duration KEPT = Duration.ofMinutes(9);

	/**
	 * The share of the memory for sessions that own writes may occupy beyond it, as a
	 * divisor.
	 */
	private static final int WRITTEN_SHARE = 2;

	/**
	 * More sessions than are written in two minutes by 1,600 logins a second; some 40 MB
	 * if they are all written.
	 */
	private static final int MAX_STAMPS = 200_000;

	private static final int MAX_HANDED_OVER = 10_000;

	private final ConcurrentMap<String, LiveSession> held = new ConcurrentHashMap<>();

	private final Cache<String, Stamp> acknowledgedStamps;

	private final Cache<String, LiveSession> written;

	private final Cache<String, LiveSession> handedOver;

	OwnWrites(EngineCaches caches, NearCacheSettings settings) {
		this.acknowledgedStamps = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_STAMPS);
		this.written = caches.newBuilder()
			.expireAfterWrite(KEPT)
			.maximumWeight(settings.maxWeight().toBytes() / WRITTEN_SHARE)
			.weigher((String id, LiveSession session) -> session.snapshot().weight())
			.build();
		this.handedOver = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_HANDED_OVER);
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
		return this.written.getIfPresent(id);
	}

	void addWritten(LiveSession session, Snapshot acknowledged) {
		this.acknowledgedStamps.put(session.id(), acknowledged.contentStamp());
		this.written.put(session.id(), session);
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
		this.written.asMap().computeIfPresent(id, (key, session) -> session);
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
	 * Whether this instance wrote the session within
	 * {@link Lifetimes#LONGEST_READER_LAG}, by a time that no change of the clock moves,
	 * or holds its first record until KV takes it.
	 * @param id the id
	 * @return whether it did
	 */
	boolean isRecent(String id) {
		LiveSession session = this.held.get(id);
		return this.acknowledgedStamps.getIfPresent(id) != null || (session != null && session.isUnwritten());
	}

	/**
	 * Whether KV has acknowledged a later state of a session within
	 * {@link Lifetimes#LONGEST_READER_LAG}.
	 * @param id the id
	 * @param shown the state that KV shows
	 * @return whether it has, touches aside
	 */
	boolean isLater(String id, Snapshot shown) {
		Stamp acknowledged = this.acknowledgedStamps.getIfPresent(id);
		return acknowledged != null && acknowledged.compareTo(shown.contentStamp()) > 0;
	}

	void remove(String id) {
		this.held.remove(id);
		this.acknowledgedStamps.invalidate(id);
		this.written.invalidate(id);
		this.handedOver.invalidate(id);
	}

}
