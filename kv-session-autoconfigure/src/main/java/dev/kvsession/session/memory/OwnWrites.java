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
 * The pinned sessions: with pending changes, written here lately, or adopted. Pending
 * ones are never evicted. Written ones stay nine minutes, as far as half the near cache's
 * memory reaches; the stamp of each write stays two minutes besides, so that an older
 * answer is not believed even if the session was evicted. Safe for concurrent use.
 */
final class OwnWrites {

	/**
	 * How long a write is merged with what KV returns: longer than second looks come, and
	 * shorter than removals are remembered in a record.
	 */
	private static final Duration KEPT = Duration.ofMinutes(9);

	/** The memory of written sessions, as a divisor of the near cache's. */
	private static final int WRITTEN_SHARE = 2;

	/**
	 * More sessions than 1,600 logins a second write in two minutes; at most some 40 MB.
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

	/** Returns a session that is pinned for any reason, or {@code null}. */
	@Nullable LiveSession get(String id) {
		LiveSession session = this.held.get(id);
		if (session == null) {
			session = written(id);
		}
		return (session != null) ? session : this.handedOver.getIfPresent(id);
	}

	/** Returns a session that was written here lately, or {@code null}. */
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

	/** Pins a write for longer, unless it was removed meanwhile. */
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
	 * {@link Lifetimes#LONGEST_READER_LAG}, whatever the clock, or its first record is
	 * pending.
	 */
	boolean isRecent(String id) {
		LiveSession session = this.held.get(id);
		return this.acknowledgedStamps.getIfPresent(id) != null || (session != null && session.isUnwritten());
	}

	/**
	 * Whether KV has acknowledged a later state (touches aside) within
	 * {@link Lifetimes#LONGEST_READER_LAG}.
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
